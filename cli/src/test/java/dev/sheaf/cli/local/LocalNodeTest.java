package dev.sheaf.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.NodeMain;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Starts and stops real processes: the stand-in [NodeMain].
final class LocalNodeTest {
    @TempDir private Path folder = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void layDownAnInstallation() throws IOException {
        data = folder.resolve("data of node");
        NodeMain.install(folder.resolve("sheaf home"));
    }

    @AfterEach
    void stop() {
        LocalNode.find(data).ifPresent(node -> node.stop(Duration.ofSeconds(5)));
    }

    @Test
    void aNodeIsReadyWhenStartReturnsAndGoneAfterStop() throws IOException {
        NodeStart.Started started = start().inBackground();
        LocalNode node = LocalNode.find(data).orElseThrow();
        assertEquals(started.process().pid(), node.process().pid());
        assertTrue(started.url().toString().endsWith(":" + node.port().getAsInt()));
        assertTrue(node.residentBytes().orElse(0) > 1_000_000);
        assertTrue(Files.readString(log()).contains("stand-in for gcp/europe-west1"));
        assertTrue(node.stop(Duration.ofSeconds(20)), "it stops by itself");
        assertEquals(Optional.empty(), LocalNode.find(data));
    }

    @Test
    void aNodeThatEndsWhileItStartsIsToldWithTheEndOfItsLog() {
        Problem problem =
                assertThrows(Problem.class, () -> start("-Dstand-in.fails=true").inBackground());
        assertTrue(problem.message().contains("exit status 6"), problem.message());
        assertTrue(problem.message().contains("the disk is full of sand"), problem.message());
    }

    @Test
    void aNodeThatDoesNotStopIsKilled() {
        start("-Dstand-in.stubborn=true").inBackground();
        LocalNode node = LocalNode.find(data).orElseThrow();
        assertFalse(node.stop(Duration.ofMillis(300)));
        assertFalse(node.process().isAlive());
    }

    @Test
    void anotherProcessWithTheNumberOfADeadNodeIsLeftAlone() throws IOException {
        Files.createDirectories(data);
        Files.writeString(
                data.resolve("node.lock"),
                "process " + ProcessHandle.current().pid() + ", port 7350\n");
        assertEquals(Optional.empty(), LocalNode.find(data));
        Files.writeString(data.resolve("node.lock"), "gibberish");
        assertEquals(Optional.empty(), LocalNode.find(data));
    }

    @Test
    void theLogBeforeIsKept() throws IOException {
        start().inBackground();
        LocalNode.find(data).orElseThrow().stop(Duration.ofSeconds(20));
        Files.delete(data.resolve("node.lock"));
        start().inBackground();
        assertTrue(Files.exists(log().resolveSibling("node.log.1")));
    }

    @Test
    void anInstallationWithoutNodeIsNamed() {
        NodeStart start =
                new NodeStart(
                        folder.resolve("empty"),
                        data,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        log(),
                        NodeJvm.Share.ALONE,
                        List.of());
        Problem problem = assertThrows(Problem.class, start::inBackground);
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
    }

    @Test
    void lifetimesAreReadWithTheirUnit() {
        assertEquals(Duration.ofDays(30), TokenCreateCommand.duration("30d"));
        assertThrows(Problem.class, () -> TokenCreateCommand.duration("30"));
    }

    private Path log() {
        return folder.resolve("logs/node.log");
    }

    private NodeStart start(String... options) {
        return new NodeStart(
                folder.resolve("sheaf home"),
                data,
                Optional.empty(),
                Optional.of(RegionName.parse("gcp/europe-west1")),
                OptionalInt.of(0),
                log(),
                NodeJvm.Share.ALONE,
                List.of(options));
    }

    @Test
    void onlyNodesThatShareAMachineAreKeptSmall() {
        Path installation = folder.resolve("without a cache");
        assertTrue(NodeJvm.options(installation, NodeJvm.Share.SOME).contains("-Xmx768m"));
        assertTrue(
                NodeJvm.options(installation, NodeJvm.Share.ALONE).stream()
                        .noneMatch(
                                option -> option.startsWith("-Xm") || option.contains("Tiered")));
    }
}
