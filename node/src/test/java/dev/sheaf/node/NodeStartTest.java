package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

final class NodeStartTest {
    @TempDir Path folder;

    @Test
    void aNodeAnnouncesItselfWorksAndLeavesItsDirectoryToTheNext() throws IOException {
        Path facts = folder.resolve("node.json");
        for (int time = 0; time < 2; time++) {
            try (Node node = start();
                    SheafClient client =
                            new SheafClient(
                                    node.url(),
                                    TokenSource.file(folder.resolve("keys/operator.token")))) {
                assertTrue(Files.readString(facts).contains(node.url().toString()));
                assertEquals("rw-------", mode(facts));
                assertEquals("rw-------", mode(folder.resolve("keys/operator.token")));
                assertEquals("local/home", client.node().region());
                assertTrue(client.metrics().contains("sheaf_http_requests_seconds_count"));
            }
            assertFalse(Files.exists(facts));
        }
        assertTrue(Files.readString(folder.resolve("logs/node.jsonl")).contains("is ready at"));
    }

    @Test
    void twoNodesOnOneDirectoryAreAClearError() {
        try (Node node = start()) {
            Problem problem = assertThrows(Problem.class, this::start);
            assertEquals(ProblemCode.CONFLICT, problem.code());
            assertTrue(problem.message().contains("another node"), problem.message());
            assertTrue(node.url().getPort() > 0);
        }
    }

    @Test
    void aWrongConfigurationStartsNothing() throws IOException {
        Files.writeString(folder.resolve("sheaf.yaml"), "listen: {prot: 1}\n");
        Problem problem = assertThrows(Problem.class, this::start);
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        assertTrue(problem.message().contains("did you mean port?"), problem.message());
        Files.writeString(folder.resolve("sheaf.yaml"), "region: gcp/europe-west1\n");
        try (Node node = start()) {
            assertTrue(node.url().toString().startsWith("http://127.0.0.1:"));
        }
    }

    @Test
    void argumentsAreReadOrRefused() {
        NodeOptions options =
                NodeOptions.parse(
                        List.of("--data", "/d", "--port", "0", "--region", "aws/eu-west-1"));
        assertEquals(OptionalInt.of(0), options.port());
        assertEquals(Optional.empty(), options.restoreContext());
        assertEquals(
                Optional.of(Path.of("/c")),
                NodeOptions.parse(List.of("--data", "/d", "--restore-context", "/c"))
                        .restoreContext());
        for (List<String> wrong :
                List.of(
                        List.<String>of(),
                        List.of("--data"),
                        List.of("--data", "/d", "--port", "70000"),
                        List.of("--date", "/d"))) {
            assertThrows(Problem.class, () -> NodeOptions.parse(wrong));
        }
    }

    private Node start() {
        return Node.start(
                new NodeOptions(folder, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                Clock.systemUTC());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
