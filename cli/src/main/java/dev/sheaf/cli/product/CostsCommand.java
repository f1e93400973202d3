package dev.sheaf.cli.product;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.BudgetInfo;
import dev.sheaf.client.CostQuery;
import dev.sheaf.client.CostReport;
import dev.sheaf.client.CostRow;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf costs`: what has left a node's region, and what it cost.
@Command(
        description = "Show what has left the node's region, what it cost, and budgets.",
        footer = {
            "",
            "By list prices, or those of the node's price book. Of the domains that your token",
            "covers; links' own bytes for tokens of all domains.",
            "",
            "Examples:",
            "  sheaf costs",
            "  sheaf costs --by destination --from 2026-11-01 --until 2026-11-30",
            "  sheaf costs --format focus-csv > costs.csv"
        })
public final class CostsCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "domain",
            description =
                    "domain, product, destination, day, caller or kind (default ${DEFAULT-VALUE}).")
    private String by = "domain";

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "The first day, of UTC (default: the first of this month).")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "DAY", description = "The last day (default: today).")
    private @Nullable String until;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, or focus-csv: the columns of FOCUS 1.1.")
    private String format = "table";

    public CostsCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        CostQuery query = new CostQuery(by, day("--from", from), day("--until", until));
        switch (format) {
            case "table" -> {
                CostReport report;
                try (SheafClient client = Connection.open(cli, node)) {
                    report = client.costs().report(query);
                }
                if (node.json()) {
                    JsonAnswer.print(cli.terminal(), report);
                } else {
                    show(report);
                }
            }
            case "focus-csv" -> {
                try (SheafClient client = Connection.open(cli, node)) {
                    byte[] rows = client.costs().focus(query);
                    cli.terminal().out().print(new String(rows, StandardCharsets.UTF_8));
                    cli.terminal().out().flush();
                }
            }
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "--format '" + format + "': write table or focus-csv");
        }
        return 0;
    }

    private static Optional<LocalDate> day(String option, @Nullable String text) {
        try {
            return Optional.ofNullable(text).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    option + " '" + text + "': write a day as in 2026-11-27",
                    e);
        }
    }

    private void show(CostReport report) {
        if (report.rows().isEmpty()) {
            cli.terminal()
                    .out()
                    .println(
                            "Nothing of your domains left "
                                    + report.region()
                                    + " from "
                                    + report.from()
                                    + " to "
                                    + report.until()
                                    + ".");
        } else {
            rows(report.by(), report.rows()).print(cli.terminal());
            cli.terminal()
                    .out()
                    .println(
                            "from "
                                    + report.from()
                                    + " to "
                                    + report.until()
                                    + ": "
                                    + String.join(", ", report.totals())
                                    + ", by prices of "
                                    + report.pricesChecked());
        }
        if (!report.budgets().isEmpty()) {
            budgets(report.budgets()).print(cli.terminal());
        }
    }

    private static Table rows(String by, List<CostRow> rows) {
        Table table =
                Table.of(
                        Column.text(by),
                        Column.number("transfers"),
                        Column.number("size"),
                        Column.number("cost"),
                        Column.text("price"));
        for (CostRow row : rows) {
            table.row(
                    row.key().isEmpty()
                            ? new Cell.Toned("no product's", Cell.Tone.FAINT)
                            : Cell.of(row.key()),
                    Cell.of(Shown.count(row.transfers())),
                    Cell.of(new ByteSize(row.bytes())),
                    Cell.of(row.cost()),
                    Cell.of(row.assumed() ? "assumed" : "list"));
        }
        return table;
    }

    private static Table budgets(List<BudgetInfo> budgets) {
        Table table =
                Table.of(
                        Column.text("budget"),
                        Column.number("monthly"),
                        Column.number("spent"),
                        Column.number("held"),
                        Column.text("beyond it"),
                        Column.text("renews"));
        for (BudgetInfo budget : budgets) {
            table.row(
                    Cell.of(budget.domain()),
                    Cell.of(budget.monthly()),
                    Cell.of(budget.spent()),
                    Cell.of(budget.reserved()),
                    Cell.of(budget.action()),
                    Cell.of(budget.renews()));
        }
        return table;
    }
}
