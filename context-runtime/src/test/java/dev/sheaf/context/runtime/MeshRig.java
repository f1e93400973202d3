package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.document.Document;
import dev.sheaf.context.patch.PatchReader;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.Table;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// Three regions, and what tests do with them.
final class MeshRig implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();
    static final DocumentKey NOTE = new DocumentKey("test.notes", "n1");
    static final List<RegionName> ALL = List.of(AWS, AZURE, GCP);
    final TestMesh mesh;
    private final Duration patience;

    MeshRig(Path folder) {
        this(folder, Duration.ofSeconds(30));
    }

    /// @param patience how long anything that is waited for may take
    MeshRig(Path folder, Duration patience) {
        this(folder, patience, TestMesh::startAll);
    }

    MeshRig(Path folder, Consumer<TestMesh> start) {
        this(folder, Duration.ofSeconds(30), start);
    }

    private MeshRig(Path folder, Duration patience, Consumer<TestMesh> start) {
        this.patience = patience;
        this.mesh = new TestMesh(folder);
        start.accept(mesh);
    }

    WriteReceipt put(RegionName region, DocumentKey key, String json) {
        return mesh.at(region).write(request(key, new Change.State(JSON.readTree(json))));
    }

    WriteReceipt patch(RegionName region, DocumentKey key, String operations) {
        return mesh.at(region)
                .write(request(key, new Change.Patch(PatchReader.read(JSON.readTree(operations)))));
    }

    static WriteRequest request(DocumentKey key, Change change) {
        return new WriteRequest(
                key,
                change,
                UUID.randomUUID().toString(),
                Optional.empty(),
                Optional.empty(),
                0,
                "",
                "tester",
                Optional.empty());
    }

    /// A whole document that ends after so many seconds.
    static WriteRequest brief(DocumentKey key, JsonNode state, long seconds) {
        return new WriteRequest(
                key,
                new Change.State(state),
                UUID.randomUUID().toString(),
                Optional.empty(),
                Optional.empty(),
                seconds,
                "",
                "tester",
                Optional.empty());
    }

    Optional<JsonNode> value(RegionName region, DocumentKey key) {
        Read read =
                mesh.at(region)
                        .read(
                                new ReadRequest(
                                        key,
                                        Optional.of(Duration.ofDays(1)),
                                        Optional.empty(),
                                        Duration.ofSeconds(5),
                                        Optional.empty()));
        return read instanceof Read.Found found ? Optional.of(found.value()) : Optional.empty();
    }

    List<ConflictEntry> conflicts(RegionName region) {
        return mesh.at(region)
                .conflicts(
                        new ConflictQuery(
                                Optional.of("test.notes"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                100));
    }

    /// Asks the group of a document, on its own thread.
    <T> T ask(RegionName region, DocumentKey key, Function<Group, T> question) {
        Groups groups = mesh.at(region).groups();
        Group group = groups.of(groups.hereOrThrow(key.type()), key);
        CompletableFuture<T> answer = new CompletableFuture<>();
        group.worker()
                .submit(() -> {
                    try {
                        answer.complete(question.apply(group));
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return ContextRuntime.await(answer);
    }

    /// What a region has of a document in its state store; empty when that has none.
    Optional<Document> stored(RegionName region, DocumentKey key) {
        Groups groups = mesh.at(region).groups();
        Group group = groups.of(groups.hereOrThrow(key.type()), key);
        byte[] name = DocumentKeys.document(group.number(), key);
        try (StateCursor cursor = groups.parts().state().scan(Table.DOCUMENTS, name, name)) {
            Optional<StateEntry> first = cursor.next();
            return first.map(
                    entry -> StoredDocument.document(entry.value(), groups.parts().actors()));
        }
    }

    static void deleteTree(Path root) throws java.io.IOException {
        try (java.util.stream.Stream<Path> files = java.nio.file.Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                java.nio.file.Files.delete(file);
            }
        }
    }

    /// Until all nodes have applied the same.
    void settle() {
        until(
                "all regions have applied the same",
                () -> vectors(AWS).equals(vectors(AZURE)) && vectors(AWS).equals(vectors(GCP)));
    }

    private List<String> vectors(RegionName region) {
        return mesh.at(region).digests().stream().map(DigestEntry::vector).toList();
    }

    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within " + patience + ": " + what);
            sleep(20);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<IngestResult> ingest(RegionName region, String events) {
        return mesh.at(region)
                .ingest(
                        events.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Optional.of("test.notes"),
                        "tester");
    }

    static WriteReceipt written(IngestResult result) {
        return assertInstanceOf(IngestResult.Written.class, result).receipt();
    }

    @Override
    public void close() {
        mesh.close();
    }
}
