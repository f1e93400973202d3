package dev.sheaf.cli.schemas;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.client.SchemaReferenceInfo;
import dev.sheaf.client.SchemaRegistration;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A schema in a file, with what it refers to.
final class SchemaFileOptions {
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "The subject's name.")
    String subject = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The schema; .avsc is Avro, .json JSON Schema, .proto Protobuf.")
    private Path file = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "avro, json or protobuf, where the file's name does not say so.")
    private String type = "";

    @Option(
            names = "--reference",
            paramLabel = "NAME=SUBJECT:VERSION",
            description =
                    "Another schema that this one uses, by the name that it uses for it; may be"
                            + " given several times.")
    private List<String> references = new ArrayList<>();

    SchemaRegistration read(Cli cli) {
        Path path = cli.workingDirectory().resolve(file);
        try {
            return new SchemaRegistration(Files.readString(path), language(), referred());
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "the file " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private String language() {
        String name = file.toString();
        String word =
                !type.isEmpty()
                        ? type.toLowerCase(Locale.ROOT)
                        : name.endsWith(".avsc")
                                ? "avro"
                                : name.endsWith(".proto")
                                        ? "protobuf"
                                        : name.endsWith(".json") ? "json" : "";
        return switch (word) {
            case "avro", "json", "protobuf" -> word.toUpperCase(Locale.ROOT);
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "what language "
                                    + file
                                    + " is in is not known"
                                    + (word.isEmpty() ? "" : " ('" + word + "' is none)")
                                    + ": say --type avro, json or protobuf");
        };
    }

    private List<SchemaReferenceInfo> referred() {
        List<SchemaReferenceInfo> all = new ArrayList<>();
        for (String text : references) {
            int equals = text.indexOf('=');
            int colon = text.lastIndexOf(':');
            if (equals < 1
                    || colon < equals + 2
                    || !text.substring(colon + 1).matches("\\d{1,9}")) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "--reference is '" + text + "'; write NAME=SUBJECT:VERSION");
            }
            all.add(
                    new SchemaReferenceInfo(
                            text.substring(0, equals),
                            text.substring(equals + 1, colon),
                            Integer.parseInt(text.substring(colon + 1))));
        }
        return all;
    }
}
