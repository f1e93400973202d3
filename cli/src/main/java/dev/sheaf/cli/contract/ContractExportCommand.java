package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.contract.Checked;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.convert.AvroText;
import dev.sheaf.contract.convert.JsonSchemaText;
import dev.sheaf.contract.convert.ParquetText;
import dev.sheaf.contract.convert.SqlText;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `sheaf contract export`.
@Command(
        name = "export",
        description = "Write a contract as it came, or its table in another system's language.",
        footer = {
            "",
            "odcs gives the bytes as they came, in the version they came in.",
            "",
            "Examples:",
            "  sheaf contract export orders.odcs.yaml --format avro",
            "  sheaf contract export orders.odcs.yaml --format sql --table orders -o orders.sql"
        })
public final class ContractExportCommand implements Callable<Integer> {
    private final Cli cli;

    @Parameters(paramLabel = "FILE", description = "The contract, or - for standard input.")
    private String file = "";

    @Option(
            names = "--format",
            defaultValue = "odcs",
            description = "odcs, json-schema, avro, parquet or sql (default: odcs).")
    private String format = "odcs";

    @Option(names = "--table", description = "Which table, if the contract has several.")
    private Optional<String> table = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write to this file instead of standard output.")
    private Optional<Path> output = Optional.empty();

    public ContractExportCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Source source = new ContractFiles(cli).read(file);
        String language = format.toLowerCase(Locale.ROOT);
        byte[] bytes =
                language.equals("odcs")
                        ? checked(source).bytes()
                        : converted(language, source).getBytes(StandardCharsets.UTF_8);
        write(bytes);
        return ExitCode.OK.status();
    }

    /// What is wrong with it is said, but what came is what goes.
    private Source checked(Source source) {
        Checked checked = ContractReader.check(source);
        if (checked.standard().isEmpty()) {
            throw checked.problem();
        }
        checked.errors()
                .forEach(finding -> cli.terminal().err().println(source.name() + ":" + finding));
        return source;
    }

    private String converted(String language, Source source) {
        TableContract chosen = table(ContractReader.read(source));
        return switch (language) {
            case "json-schema" -> JsonSchemaText.write(chosen) + "\n";
            case "avro" -> AvroText.write(chosen) + "\n";
            case "parquet" -> ParquetText.write(chosen);
            case "sql" -> SqlText.write(chosen);
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "'"
                                    + format
                                    + "' is no format to export to: choose odcs, json-schema, avro,"
                                    + " parquet or sql");
        };
    }

    private TableContract table(DataContract contract) {
        String names =
                contract.tables().stream()
                        .map(TableContract::name)
                        .collect(Collectors.joining(", "));
        if (table.isEmpty() && contract.tables().size() == 1) {
            return contract.tables().getFirst();
        }
        return contract.tables().stream()
                .filter(each -> table.equals(Optional.of(each.name())))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.INVALID_VALUE,
                                table.map(name -> "there is no table '" + name + "'")
                                                .orElse("the contract has several tables")
                                        + ": choose one with --table ("
                                        + names
                                        + ")"));
    }

    private void write(byte[] bytes) {
        if (output.isEmpty()) {
            cli.terminal().out().write(bytes, 0, bytes.length);
            cli.terminal().out().flush();
            return;
        }
        write(cli.workingDirectory().resolve(output.get()), bytes);
    }

    static void write(Path path, byte[] bytes) {
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "cannot write " + path + ": " + e, e);
        }
    }
}
