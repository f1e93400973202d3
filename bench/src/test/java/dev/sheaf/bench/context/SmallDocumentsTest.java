package dev.sheaf.bench.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sheaf.bench.context.SmallDocuments.Kind;
import dev.sheaf.bench.context.SmallDocuments.Operation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

final class SmallDocumentsTest {
    @Test
    void theSameSeedGivesTheSameOperations() {
        assertEquals(
                SmallDocuments.operations(5, 100, 2_000, Dialogues.builtIn()),
                SmallDocuments.operations(5, 100, 2_000, Dialogues.builtIn()));
    }

    @Test
    void theDigestIsThatOfTheLeavesInTheEnd() {
        TreeMap<String, String> leaves = new TreeMap<>();
        leaves.put("/conversation/messages/0/role", "user");
        leaves.put("/conversation/messages/0/content", "Hello");
        leaves.put("/session/city", "Berlin");
        leaves.put("/usage/tokens", "12");
        TreeMap<Integer, TreeMap<String, String>> documents = new TreeMap<>();
        documents.put(3, leaves);
        assertEquals(
                SmallDocuments.digest(documents),
                SmallDocuments.digest(
                        List.of(
                                set("/session/city", "Osaka"),
                                new Operation(
                                        3,
                                        Kind.APPEND,
                                        "/conversation/messages",
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("role", "user")
                                                .put("content", "Hello")),
                                increment(5),
                                set("/session/city", "Berlin"),
                                increment(7))));
    }

    @Test
    void aLostOperationChangesTheDigest() {
        List<Operation> operations = SmallDocuments.operations(6, 10, 500, Dialogues.builtIn());
        List<Operation> appends =
                operations.stream().filter(operation -> operation.kind() == Kind.APPEND).toList();
        assertNotEquals(
                SmallDocuments.digest(appends),
                SmallDocuments.digest(appends.subList(0, appends.size() - 1)));
    }

    @Test
    void operationsAreWrittenAsLines(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("operations.ndjson");
        SmallDocuments.write(List.of(set("/session/city", "Berlin"), increment(5)), file);
        assertEquals(
                List.of(
                        "{\"doc\":3,\"op\":\"set\",\"path\":\"/session/city\",\"value\":\"Berlin\"}",
                        "{\"doc\":3,\"op\":\"increment\",\"path\":\"/usage/tokens\",\"value\":5}"),
                Files.readAllLines(file));
    }

    private static Operation set(String path, String value) {
        return new Operation(3, Kind.SET, path, StringNode.valueOf(value));
    }

    private static Operation increment(int step) {
        return new Operation(3, Kind.INCREMENT, "/usage/tokens", IntNode.valueOf(step));
    }
}
