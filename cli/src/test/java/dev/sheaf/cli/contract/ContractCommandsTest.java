package dev.sheaf.cli.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandLineRun;
import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class ContractCommandsTest {
    private static final String GOOD =
            """
            # a comment that stays
            apiVersion: v3.1.0
            kind: DataContract
            id: orders
            version: 1.0.0
            status: active
            schema:
              - name: orders
                properties:
                  - name: id
                    logicalType: integer
                    required: true
            """;

    @TempDir private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String in = "";

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false,
                        0,
                        Map.of(),
                        Optional.empty());
        Cli cli = new Cli(terminal, new ProfileStore(folder), Optional.empty(), folder);
        String[] line = new String[arguments.length + 1];
        line[0] = "contract";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return new CommandLineRun(cli).run(line);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(output());
    }

    @Test
    void validContractsExitWithZero() throws IOException {
        write("good.yaml", GOOD);
        assertEquals(0, run("validate", "good.yaml"));
        assertEquals("1 document: 1 valid, 0 invalid; 0 errors, 0 warnings\n", output());
    }

    @Test
    void invalidOnesExitWithOneAndSayWhere() throws IOException {
        write("bad.yaml", GOOD.replace("logicalType: integer", "logicalType: intger"));
        assertEquals(1, run("validate", "bad.yaml"));
        assertTrue(output().startsWith("bad.yaml:11:22: error: 'intger' is not allowed"), output());
        assertTrue(output().contains("[enum at /schema/0/properties/0/logicalType]"), output());
        assertEquals(1, run("validate", "bad.yaml", "--json"));
        JsonNode finding = json().path("documents").path(0).path("findings").path(0);
        assertEquals(11, finding.path("line").asInt());
        assertEquals("enum", finding.path("keyword").asString());
        assertFalse(json().path("valid").asBoolean());
    }

    @Test
    void unreadableOnesExitWithTwo() throws IOException {
        assertEquals(2, run("validate", "none.yaml"));
        assertEquals(2, run("validate"));
        assertTrue(err.size() > 0);
        write("broken.yaml", "a: [\n");
        assertEquals(1, run("validate", "broken.yaml"));
        assertTrue(output().contains("[syntax]"), output());
    }

    @Test
    void readsStandardInputAndFolders() throws IOException {
        in = GOOD;
        assertEquals(0, run("validate", "-"));
        write("mesh/a.yaml", GOOD);
        write("mesh/deep/b.json", "{\"kind\": \"Domain\"}");
        write("mesh/.hidden/c.yaml", "x");
        assertEquals(0, run("validate", "mesh", "--json"));
        assertEquals(1, json().path("checked").asInt());
        assertEquals(1, json().path("passedOver").asInt());
    }

    @Test
    void breakingChangesExitWithOne() throws IOException {
        write("old.yaml", GOOD);
        write("new.yaml", GOOD.replace("name: id", "name: key"));
        assertEquals(1, run("diff", "old.yaml", "new.yaml"));
        assertTrue(output().contains("breaking"), output());
        assertTrue(output().contains("version 2.0.0 or higher is needed"), output());
        assertEquals(1, run("diff", "old.yaml", "new.yaml", "--json"));
        assertEquals("major", json().path("bump").asString());
        assertEquals("column_removed", json().path("changes").path(0).path("kind").asString());
        assertEquals(0, run("diff", "old.yaml", "old.yaml"));
        assertEquals("no changes\n", output());
        write("bad.yaml", "kind: DataContract\n");
        assertEquals(2, run("diff", "old.yaml", "bad.yaml"));
    }

    @Test
    void exportsByteForByteEvenWhatIsInvalid() throws IOException {
        byte[] bytes = (GOOD + "unknown: \"kept\"   \r\n").getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("odd.yaml"), bytes);
        assertEquals(0, run("export", "odd.yaml"));
        assertArrayEquals(bytes, out.toByteArray());
        assertEquals(0, run("export", "odd.yaml", "-o", "copy.yaml"));
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("copy.yaml")));
    }

    @Test
    void exportsToOtherLanguages() throws IOException {
        write("good.yaml", GOOD);
        for (String format : new String[] {"json-schema", "avro"}) {
            assertEquals(0, run("export", "good.yaml", "--format", format));
            assertTrue(json().isObject());
        }
        assertEquals(0, run("export", "good.yaml", "--format", "parquet"));
        assertTrue(output().contains("required int64 id"), output());
        assertEquals(0, run("export", "good.yaml", "--format", "sql"));
        assertTrue(output().contains("\"id\" BIGINT NOT NULL"), output());
        assertEquals(2, run("export", "good.yaml", "--format", "xml"));
        assertEquals(2, run("export", "good.yaml", "--format", "sql", "--table", "none"));
    }
}
