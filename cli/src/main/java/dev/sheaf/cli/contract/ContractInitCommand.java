package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf contract init`.
@Command(
        name = "init",
        description = "Draft a contract from a sample, with the evidence for each guess.",
        footer = {
            "",
            "Reads CSV (any dialect, with or without a header), JSON, NDJSON and Parquet, also",
            "gzip and zstd. Types, required columns, keys, enumerations, formats, candidates for",
            "personal data, partitions and quality rules are guessed from the first rows.",
            "",
            "Examples:",
            "  sheaf contract init --from orders.csv --domain sales -o orders.odcs.yaml",
            "  sheaf contract init --from events.parquet --rows 1000000"
        })
public final class ContractInitCommand implements Callable<Integer> {
    private static final long ROWS_DEFAULT = 100_000;

    private final Cli cli;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "The sample.")
    private Path from = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write to this file instead of standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--name", description = "Name of contract and table (default: from the file).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--id", description = "The contract's id (default: from domain and name).")
    private Optional<String> id = Optional.empty();

    @Option(names = "--domain", description = "The domain that owns the data.")
    private Optional<String> domain = Optional.empty();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of the sample that are read (default: 100000).")
    private long rows = ROWS_DEFAULT;

    public ContractInitCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--from", cli.workingDirectory().resolve(from).toString()));
        options.addAll(List.of("--rows", Long.toString(Math.max(1, rows))));
        name.ifPresent(value -> options.addAll(List.of("--name", value)));
        id.ifPresent(value -> options.addAll(List.of("--id", value)));
        domain.ifPresent(value -> options.addAll(List.of("--domain", value)));
        String yaml = new SampleProcess(cli).run(options).path("yaml").asString();
        if (output.isPresent()) {
            Path target = cli.workingDirectory().resolve(output.get());
            ContractExportCommand.write(target, yaml.getBytes(StandardCharsets.UTF_8));
            cli.terminal().out().println("wrote " + output.get());
        } else {
            cli.terminal().out().print(yaml);
        }
        return ExitCode.OK.status();
    }
}
