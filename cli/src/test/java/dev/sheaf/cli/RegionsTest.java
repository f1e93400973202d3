package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.CommandRig.Outcome;
import dev.sheaf.client.Wire;
import dev.sheaf.node.NodeMain;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Several nodes on this machine; each is a real process of the stand-in [NodeMain].
final class RegionsTest {
    private static final String THREE = "aws/us-east-1,azure/westeurope,gcp/europe-west1";

    @TempDir private Path folder = Path.of("");
    private CommandRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new CommandRig(folder).installation(folder.resolve("sheaf home"));
        NodeMain.install(folder.resolve("sheaf home"));
    }

    @AfterEach
    void stop() {
        rig.environment.clear();
        rig.run("down");
        rig.close();
    }

    private Outcome done(String... arguments) {
        Outcome outcome = rig.run(arguments);
        assertEquals(0, outcome.status(), outcome.err());
        return outcome;
    }

    private static JsonNode json(String text) {
        return Wire.json().readTree(text);
    }

    @Test
    void eachRegionGetsANodeThatKnowsTheOthers() throws IOException {
        JsonNode up = json(done("up", "--regions", THREE, "--port", "0", "--json").out());
        assertEquals(3, up.path("nodes").size());
        assertEquals("aws/us-east-1", up.at("/nodes/0/region").asString());
        String config = Files.readString(folder.resolve("node-azure_westeurope/sheaf.yaml"));
        assertTrue(config.contains("region: azure/westeurope\n"), config);
        assertTrue(config.contains("developmentCa: ../mesh/ca"), config);
        assertTrue(config.contains("keyFolder: ../mesh/keys"), config);
        assertTrue(config.contains("- {region: aws/us-east-1, host: 127.0.0.1, port: "), config);
        assertTrue(config.contains("- {region: gcp/europe-west1, host"), config);
        assertFalse(config.contains("- {region: azure"), config);

        String table = done("status").out();
        for (String region : THREE.split(",", -1)) {
            assertTrue(table.contains(region), table);
        }
        assertEquals(3, table.split("  ready", -1).length - 1, table);
        JsonNode status = json(done("status", "--json").out());
        assertEquals("gcp/europe-west1", status.at("/nodes/2/region").asString());
        assertEquals("ok", status.at("/nodes/2/health/status").asString());
        assertTrue(status.at("/nodes/2/residentBytes").asLong() > 1_000_000);
    }

    @Test
    void theRegionOptionSaysWhichNodeIsMeantAndTheFirstIsTheDefault() {
        JsonNode up = json(done("up", "--regions", THREE, "--port", "0", "--json").out());
        JsonNode west = json(done("status", "--region", "azure/westeurope", "--json").out());
        assertEquals(up.at("/nodes/1/url"), west.path("url"));
        assertEquals("azure/westeurope", west.at("/node/region").asString());
        rig.environment.put("SHEAF_URL", "http://127.0.0.1:1");
        assertEquals(
                up.at("/nodes/2/url"),
                json(done("status", "--region", "gcp/europe-west1", "--json").out()).path("url"));
        rig.environment.clear();
        Outcome unknown = rig.run("products", "--region", "aws/eu-north-1");
        assertEquals(3, unknown.status());
        assertTrue(unknown.err().contains("there are aws/us-east-1, azure/west"), unknown.err());
        Outcome both = rig.run("products", "--region", "aws/us-east-1", "--profile", "x");
        assertEquals(2, both.status());
    }

    @Test
    void downStopsAllAndUpStartsThemWhereTheyWere() {
        JsonNode first = json(done("up", "--regions", THREE, "--port", "0", "--json").out());
        done("down", "--region", "gcp/europe-west1");
        Outcome partial = rig.run("status");
        assertEquals(1, partial.status());
        assertTrue(partial.out().contains("not running"), partial.out());
        JsonNode again = json(done("up", "--regions", THREE, "--json").out());
        assertEquals(first.at("/nodes/0/pid"), again.at("/nodes/0/pid"), "it already ran");
        assertNotEquals(first.at("/nodes/2/pid"), again.at("/nodes/2/pid"));
        assertEquals(first.at("/nodes/2/url"), again.at("/nodes/2/url"));
        JsonNode down = json(done("down", "--json").out());
        for (int i = 0; i < 3; i++) {
            assertEquals("stopped", down.at("/nodes/" + i + "/state").asString());
        }
        assertEquals(1, rig.run("status").status());
    }

    @Test
    void otherRegionsWaitUntilThoseThatRunAreStopped() {
        done("up", "--regions", "aws/us-east-1,azure/westeurope", "--port", "0");
        Outcome other = rig.run("up", "--regions", THREE);
        assertEquals(5, other.status());
        assertTrue(other.err().contains("sheaf down"), other.err());
    }

    @Test
    void whenOneCannotStartNoneStays() {
        rig.environment.put("SHEAF_NODE_JAVA_OPTS", "-Dstand-in.fails-in=node-azure_westeurope");
        Outcome outcome = rig.run("up", "--regions", THREE, "--port", "0");
        assertEquals(6, outcome.status());
        assertTrue(outcome.err().contains("region azure/westeurope"), outcome.err());
        assertTrue(outcome.err().contains("full of sand"), outcome.err());
        JsonNode down = json(done("down", "--region", "aws/us-east-1", "--json").out());
        assertEquals("was not running", down.path("state").asString());
    }

    @Test
    void aConfigurationThatIsTheUsersOwnIsLeftAlone() throws IOException {
        Path own = folder.resolve("node-aws_us-east-1/sheaf.yaml");
        Files.createDirectories(own.resolveSibling(""));
        Files.writeString(own, "region: aws/us-east-1\n");
        done("up", "--regions", "aws/us-east-1,azure/westeurope", "--port", "0");
        assertEquals("region: aws/us-east-1\n", Files.readString(own));
    }

    @Test
    void upAloneIsAsItWasAndBecomesTheDefault() {
        done("up", "--regions", "aws/us-east-1,azure/westeurope", "--port", "0");
        JsonNode alone = json(done("up", "--port", "0", "--region", "local/home", "--json").out());
        assertTrue(alone.path("dataDirectory").asString().endsWith("/node"), alone.toString());
        JsonNode status = json(done("status", "--json").out());
        assertEquals(alone.path("url"), status.path("url"));
        String down = done("down").out();
        assertEquals(3, down.lines().count(), down);
        assertEquals(1, done("down").out().lines().count());
    }

    @Test
    void optionsOfASingleNodeAreRefused() {
        assertEquals(2, rig.run("up", "--regions", "aws/us-east-1", "--data", "/nowhere").status());
        assertEquals(2, rig.run("up", "--regions", "aws/us-east-1,aws/us-east-1").status());
        assertEquals(2, rig.run("up", "--regions", "Mars").status());
    }
}
