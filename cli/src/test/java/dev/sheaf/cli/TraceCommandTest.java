package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;
import dev.sheaf.client.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// `sheaf trace replay` on sessions of some characters.
final class TraceCommandTest {
    private static final String SESSION =
            """
            {"startContent": "", "endContent": "%s", "txns": [
              {"patches": [[0, 0, "hello"]]}, {"patches": [[5, 0, " world"], [0, 1, "H"]]}]}
            """;

    @Test
    void aSessionIsReplayedWhateverItsPacking(@TempDir Path folder) throws IOException {
        byte[] session = SESSION.formatted("Hello world").getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("plain"), session);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(session);
        }
        Files.write(folder.resolve("packed"), packed.toByteArray());
        try (CommandRig rig = new CommandRig(folder)) {
            for (String file : new String[] {"plain", "packed"}) {
                Outcome outcome = rig.run("trace", "replay", file);
                assertEquals(0, outcome.status(), outcome.err());
                assertTrue(
                        outcome.out()
                                .startsWith(
                                        "the text matches: 11 characters from 2 transactions"
                                                + " (sequential, 3 patches) in "),
                        outcome.out());
            }
        }
    }

    @Test
    void aDifferenceIsShownAndEndsWithOne(@TempDir Path folder) throws IOException {
        try (CommandRig rig = new CommandRig(folder)) {
            Outcome outcome =
                    rig.input(SESSION.formatted("Hello moon"))
                            .run("trace", "replay", "-", "--json");
            assertEquals(1, outcome.status(), outcome.err());
            assertEquals(6, Wire.json().readTree(outcome.out()).at("/difference/index").asInt());
            Outcome text = rig.run("trace", "replay", "-");
            assertTrue(text.out().contains("  expected moon\n  got      world\n"), text.out());
        }
    }

    @Test
    void whatIsNoSessionIsUnreadable(@TempDir Path folder) throws IOException {
        try (CommandRig rig = new CommandRig(folder)) {
            Outcome outcome = rig.input("{\"txns\": 1}").run("trace", "replay", "-");
            assertEquals(1, outcome.status());
            assertTrue(outcome.err().startsWith("error: "), outcome.err());
            assertEquals(3, rig.run("trace", "replay", "missing").status());
        }
    }
}
