package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `sheaf contract classify`.
@Command(
        name = "classify",
        description = "Tell which columns of a file look personal, and why.",
        footer = {
            "",
            "The detector that publishes ask, on a file: CSV, JSON, NDJSON or Parquet, also gzip",
            "and zstd. Up to 1,000 values of a column are looked at, spread over the rows that are",
            "read. Evidence has counts and no values. What it does not find may be personal all",
            "the same.",
            "",
            "Examples:",
            "  sheaf contract classify customers.csv",
            "  sheaf contract classify events.parquet --rows 1000000 --json"
        })
public final class ContractClassifyCommand implements Callable<Integer> {
    private static final long ROWS_DEFAULT = 100_000;

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the file that are read (default: 100000).")
    private long rows = ROWS_DEFAULT;

    public ContractClassifyCommand(Cli cli) {
        this.cli = cli;
    }

    /// The shape of `--json`.
    ///
    /// @param rows that were read
    /// @param whole whether these are all rows of the file
    record Answer(String file, long rows, boolean whole, List<Looked> columns) {}

    /// @param column its name; of nested ones the member's, as in `address.street`
    /// @param values that were looked at
    /// @param proposals the surest first
    record Looked(String column, int values, List<Proposed> proposals) {}

    /// @param kind the classification that is proposed
    /// @param type more exactly
    record Proposed(String kind, String type, double confidence, List<String> evidence) {}

    @Override
    public Integer call() {
        JsonNode answered =
                new SampleProcess(cli)
                        .run(
                                List.of(
                                        "--task",
                                        "classify",
                                        "--from",
                                        cli.workingDirectory().resolve(file).toString(),
                                        "--rows",
                                        Long.toString(Math.max(1, rows))));
        Answer answer =
                new Answer(
                        String.valueOf(file),
                        answered.path("rows").asLong(),
                        answered.path("whole").asBoolean(),
                        columns(answered.path("columns")));
        if (json.json()) {
            JsonAnswer.print(cli.terminal(), answer);
        } else {
            table(answer).print(cli.terminal());
        }
        return ExitCode.OK.status();
    }

    private static List<Looked> columns(JsonNode columns) {
        List<Looked> looked = new ArrayList<>();
        for (JsonNode column : columns) {
            List<Proposed> proposals = new ArrayList<>();
            for (JsonNode proposal : column.path("proposals")) {
                List<String> evidence = new ArrayList<>();
                proposal.path("evidence").forEach(item -> evidence.add(item.asString("")));
                proposals.add(
                        new Proposed(
                                proposal.path("kind").asString(""),
                                proposal.path("type").asString(""),
                                proposal.path("confidence").asDouble(),
                                evidence));
            }
            looked.add(
                    new Looked(
                            column.path("column").asString(""),
                            column.path("values").asInt(),
                            proposals));
        }
        return looked;
    }

    private static Table table(Answer answer) {
        Table table =
                Table.of(
                        Column.text("column"),
                        Column.number("values"),
                        Column.text("looks like"),
                        Column.number("confidence"),
                        Column.text("evidence"));
        for (Looked column : answer.columns()) {
            if (column.proposals().isEmpty()) {
                table.row(
                        Cell.of(column.column()),
                        Cell.of(column.values()),
                        new Cell.Text(""),
                        new Cell.Text(""),
                        new Cell.Text(""));
            }
            for (Proposed proposal : column.proposals()) {
                table.row(
                        Cell.of(column.column()),
                        Cell.of(column.values()),
                        Cell.of(proposal.kind()),
                        Cell.of(String.format(Locale.ROOT, "%.2f", proposal.confidence())),
                        Cell.of(String.join("; ", proposal.evidence())));
            }
        }
        return table;
    }
}
