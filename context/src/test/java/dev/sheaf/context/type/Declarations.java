package dev.sheaf.context.type;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Declarations for tests.
final class Declarations {
    /// Small and valid; tests change it.
    static final String SMALL =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: test.small
            domain: test
            versions:
              - version: "1.0"
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    id: {type: string}
                    count: {type: integer}
                    name: {type: string}
                    tags: {type: array, items: {type: string}}
                    nested: {type: object, additionalProperties: {type: string}}
            residency: {regions: [aws/us-east-1, azure/westeurope]}
            """;

    private Declarations() {}

    static ContextType accepted(String yaml) {
        return assertInstanceOf(
                        ContextTypeReading.Accepted.class,
                        ContextTypeReader.read(yaml, "test.yaml"),
                        () -> ContextTypeReader.read(yaml, "test.yaml").toString())
                .type();
    }

    static List<Finding> findings(String yaml) {
        return assertInstanceOf(
                        ContextTypeReading.Refused.class, ContextTypeReader.read(yaml, "test.yaml"))
                .findings();
    }

    static Path repository() {
        return Path.of(System.getProperty("sheaf.repo", ".."));
    }

    static List<Path> examples() {
        try (Stream<Path> files = Files.list(repository().resolve("examples/context"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
