package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `sheaf schemas`: what it asks of the node, what it prints.
final class SchemasCommandsTest {
    private static final String VERSION =
            "{\"subject\":\"clicks-value\",\"version\":2,\"id\":524289,\"schema\":\"\\\"int\\\"\"}";

    @TempDir private Path folder = Path.of("");
    private CommandRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new CommandRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void subjectsAreListedWithTheirNewestVersions() {
        rig.node.answer(
                "GET",
                "/schemas/schemas?latestOnly=true&subjectPrefix=cl",
                200,
                "[" + VERSION + "]");
        Outcome listed = rig.run("schemas", "list", "cl");
        assertEquals(0, listed.status(), listed.err());
        assertTrue(listed.out().contains("clicks-value"), listed.out());
        assertTrue(listed.out().contains("524289"), listed.out());
        assertTrue(listed.out().contains("AVRO"), listed.out());
    }

    @Test
    void aFileIsRegisteredInTheLanguageThatItsNameSays() throws IOException {
        Files.writeString(folder.resolve("m.proto"), "message M {}");
        rig.node.answer("POST", "/schemas/subjects/clicks-value/versions", 200, VERSION);
        Outcome registered =
                rig.run("schemas", "register", "clicks-value", "m.proto", "--reference", "a=b:c:7");
        assertEquals(0, registered.status(), registered.err());
        assertEquals("clicks-value version 2 has the schema, id 524289\n", registered.out());
        assertEquals(
                "{\"schema\":\"message M"
                        + " {}\",\"schemaType\":\"PROTOBUF\",\"references\":[{\"name\":\"a\","
                        + "\"subject\":\"b:c\",\"version\":7}]}",
                rig.node.asked().getLast().body());
        Files.writeString(folder.resolve("m.txt"), "x");
        Outcome unknown = rig.run("schemas", "register", "clicks-value", "m.txt");
        assertEquals(2, unknown.status());
        assertTrue(unknown.err().contains("--type"), unknown.err());
    }

    @Test
    void aCheckThatFailsSaysWhoBreaksAndEndsWithOne() throws IOException {
        Files.writeString(folder.resolve("m.avsc"), "\"int\"");
        rig.node.answer(
                "POST",
                "/schemas/compatibility/subjects/a%2Fb/versions/latest?verbose=true",
                200,
                "{\"is_compatible\":false,\"messages\":[\"readers of version 1 cannot\"]}");
        Outcome checked = rig.run("schemas", "check", "a/b", "m.avsc");
        assertEquals(1, checked.status(), checked.err());
        assertTrue(checked.out().contains("readers of version 1 cannot"), checked.out());
    }

    @Test
    void errorsOfTheRegistryAreTold() {
        rig.node.answer(
                "GET",
                "/schemas/subjects/nobody/versions/latest",
                404,
                "application/vnd.schemaregistry.v1+json",
                "{\"error_code\":40401,\"message\":\"Subject 'nobody' not found\"}");
        Outcome told = rig.run("schemas", "show", "nobody");
        assertEquals(3, told.status(), told.err());
        assertTrue(told.err().contains("Subject 'nobody' not found"), told.err());
        rig.node.answer(
                "PUT",
                "/schemas/config/far",
                500,
                "application/vnd.schemaregistry.v1+json",
                "{\"error_code\":50003,\"message\":\"aws/us-east-1 cannot be asked\"}");
        Outcome away = rig.run("schemas", "config", "far", "--level", "full");
        assertTrue(away.err().contains("aws/us-east-1"), away.err());
        assertEquals(2, rig.run("schemas", "config", "far", "--level", "full", "--unset").status());
    }
}
