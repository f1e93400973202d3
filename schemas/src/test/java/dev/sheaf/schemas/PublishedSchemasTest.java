package dev.sheaf.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Published schemas, good and bad, and the published cases of Avro.
final class PublishedSchemasTest {
    private static final Path ROOT =
            Path.of(System.getProperty("sheaf.testdata", ""), "schema-compat/apicurio/schema-util");
    private static final String RULES = "src/test/resources/io/apicurio/registry/rules/";

    @Test
    void agreesWithThePublishedAvroCases() throws IOException {
        Path file =
                ROOT.resolve("avro/" + RULES + "compatibility/avro/compatibility-test-data.json");
        assumeTrue(Files.isRegularFile(file), "the test data is not here: " + file);
        List<String> others = new ArrayList<>();
        int count = 0;
        for (JsonNode each : JsonMapper.shared().readTree(file.toFile()).path("tests")) {
            count++;
            ParsedSchema original = read(SchemaLanguage.AVRO, each.path("original").toString());
            ParsedSchema updated = read(SchemaLanguage.AVRO, each.path("updated").toString());
            boolean isBackward = updated.readingOf(original).isEmpty();
            boolean isForward = original.readingOf(updated).isEmpty();
            String actual =
                    isBackward ? isForward ? "both" : "backward" : isForward ? "forward" : "none";
            if (!actual.equals(each.path("compatibility").asString())) {
                others.add(each.path("id").asString() + " is " + actual);
            }
        }
        assertEquals(4, count);
        // "Basic 1" drops a field that has no default. Avro's own rules: fine for new readers only.
        assertEquals(List.of(), others);
    }

    @ParameterizedTest
    @CsvSource({
        "AVRO,avro-valid.json",
        "JSON,jsonschema-valid.json",
        "JSON,jsonschema-valid-d7.json",
        "JSON,jsonschema-valid-compatible.json",
        "JSON,jsonschema-valid-incompatible.json",
        "PROTOBUF,mode.proto",
        "PROTOBUF,protobuf-tutorial.proto",
        "PROTOBUF,protobuf-uuid-simple.proto",
        "PROTOBUF,protobuf-valid.proto"
    })
    void takesGoodSchemasAndTheirOwnText(SchemaLanguage language, String name) throws IOException {
        ParsedSchema schema = read(language, text(name));
        assertEquals(schema.text(), read(language, schema.text()).text());
        assertEquals(List.of(), read(language, schema.text()).readingOf(schema));
        assertEquals(
                schema.normalizedText(), read(language, schema.normalizedText()).normalizedText());
    }

    @ParameterizedTest
    @CsvSource({
        "AVRO,avro-invalid.json",
        "AVRO,avro-valid-with-refs.json",
        "JSON,jsonschema-invalid.json",
        "JSON,jsonschema-valid-with-refs.json",
        "PROTOBUF,protobuf-invalid.proto",
        "PROTOBUF,protobuf-duplicate-tags.proto",
        "PROTOBUF,protobuf-duplicate-tags-with-import.proto",
        "PROTOBUF,protobuf-invalid-type.proto",
        "PROTOBUF,protobuf-negative-tag.proto",
        "PROTOBUF,protobuf-valid-with-refs.proto",
        "PROTOBUF,table_info.proto"
    })
    void refusesBadSchemasAndThoseWhoseReferencesAreMissing(SchemaLanguage language, String name)
            throws IOException {
        String text = text(name);
        Problem refused = assertThrows(Problem.class, () -> read(language, text));
        assertEquals(true, refused.message().startsWith("the schema "), refused.message());
    }

    @Test
    void findsWhatAFileImports() throws IOException {
        SchemaSource table =
                new SchemaSource(
                        SchemaLanguage.PROTOBUF,
                        text("table_info.proto"),
                        List.of(new SchemaReference("sample/mode.proto", "mode", 1)));
        SchemaSource mode =
                new SchemaSource(SchemaLanguage.PROTOBUF, text("mode.proto"), List.of());
        assertEquals(
                true,
                ParsedSchema.read(table, _ -> mode).text().contains(".sample.Mode mode = 2;"));
    }

    private static String text(String name) throws IOException {
        Path file = ROOT.resolve("util-provider/" + RULES + "validity/" + name);
        assumeTrue(Files.isRegularFile(file), "the test data is not here: " + file);
        return Files.readString(file);
    }

    private static ParsedSchema read(SchemaLanguage language, String text) {
        return ParsedSchema.read(
                new SchemaSource(language, text, List.of()),
                reference -> {
                    throw new AssertionError("asked for " + reference);
                });
    }
}
