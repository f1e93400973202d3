package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.JSON;
import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.MeshRig.deleteTree;
import static dev.sheaf.context.runtime.MeshRig.request;
import static dev.sheaf.context.runtime.MeshRig.sleep;
import static dev.sheaf.context.runtime.MeshRig.written;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

final class ContextRuntimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path folder;
    private MeshRig rig;
    private TestMesh mesh;

    @BeforeEach
    void start() {
        rig = new MeshRig(folder, PATIENCE);
        mesh = rig.mesh;
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void whatIsWrittenInOneRegionIsReadInAnother() {
        WriteReceipt receipt = put(AWS, NOTE, "{\"title\": \"a\", \"tags\": [\"x\"]}");
        assertTrue(receipt.changed());
        Read.Found found = read(AZURE, NOTE, Optional.of(receipt.token()));
        assertEquals(JSON.readTree("{\"title\": \"a\", \"tags\": [\"x\"]}"), found.value());
        assertEquals(found.version(), read(GCP, NOTE, Optional.of(receipt.token())).version());
    }

    @Test
    void concurrentWritesMergeAndConflictsAreVisible() {
        put(AWS, NOTE, "{\"title\": \"a\", \"visits\": 1}");
        settle();
        mesh.isolate(AWS);
        patch(
                AWS,
                NOTE,
                "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"from"
                        + " aws\"},{\"op\":\"increment\",\"path\":\"/visits\",\"value\":2}]");
        patch(
                GCP,
                NOTE,
                "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"from"
                        + " gcp\"},{\"op\":\"increment\",\"path\":\"/visits\",\"value\":3}]");
        mesh.connectAll();
        settle();
        JsonNode value = read(AWS, NOTE, Optional.empty()).value();
        assertEquals(6, value.get("visits").intValue());
        assertEquals("from gcp", value.get("title").stringValue());
        assertEquals(value, read(GCP, NOTE, Optional.empty()).value());
        List<ConflictEntry> conflicts =
                mesh.at(AWS)
                        .conflicts(
                                new ConflictQuery(
                                        Optional.of("test.notes"),
                                        Optional.of("n1"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        10));
        assertEquals("OVERWRITE", conflicts.getFirst().kind());
        assertEquals("/title", conflicts.getFirst().pointer());
        assertEquals(2, conflicts.getFirst().versions().size());
    }

    @Test
    void theSameEventTwiceHasTheEffectOfOnce() {
        put(AWS, NOTE, "{\"visits\": 0}");
        String event =
                event(
                        "e-1",
                        "n1",
                        "us-east-1",
                        "{\"type\":\"INCREMENT\",\"path\":\"/visits\",\"value\":5}");
        List<IngestResult> first = ingest(AWS, event);
        List<IngestResult> second = ingest(AWS, event + event);
        assertFalse(written(first.getFirst()).duplicate());
        assertTrue(second.stream().allMatch(result -> written(result).duplicate()));
        assertEquals(5, read(AWS, NOTE, Optional.empty()).value().get("visits").intValue());
    }

    @Test
    void badEventsAreRefusedOneByOne() {
        List<IngestResult> results =
                ingest(
                        AWS,
                        event(
                                        "a",
                                        "n1",
                                        "us-east-1",
                                        "{\"type\":\"ADD\",\"path\":\"\",\"value\":{\"title\":\"t\"}}")
                                + event(
                                        "b",
                                        "n1",
                                        "westeurope",
                                        "{\"type\":\"ADD\",\"path\":\"/title\",\"value\":\"x\"}")
                                + event(
                                        "c",
                                        "n1",
                                        "us-east-1",
                                        "{\"type\":\"ADD\",\"path\":\"/title\",\"value\":17}")
                                + event(
                                        "d",
                                        "n1",
                                        "us-east-1",
                                        "{\"type\":\"REPLACE\",\"path\":\"/none/such\",\"value\":1}")
                                + event(
                                        "e",
                                        "n1",
                                        "us-east-1",
                                        "{\"type\":\"ADD\",\"path\":\"/title\",\"value\":\"y\"}"));
        assertInstanceOf(IngestResult.Written.class, results.get(0));
        assertEquals(ProblemCode.FORBIDDEN, problem(results.get(1)).code());
        assertEquals(ProblemCode.SCHEMA_VIOLATION, problem(results.get(2)).code());
        assertInstanceOf(IngestResult.Refused.class, results.get(3));
        assertInstanceOf(IngestResult.Written.class, results.get(4));
        assertEquals("y", read(AWS, NOTE, Optional.empty()).value().get("title").stringValue());
    }

    @Test
    void aReadThatCannotBeFreshSaysHowStaleItIs() {
        put(AWS, NOTE, "{\"title\": \"a\"}");
        settle();
        read(AZURE, NOTE, Optional.empty());
        mesh.isolate(AZURE);
        sleep(600);
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                mesh.at(AZURE)
                                        .read(
                                                new ReadRequest(
                                                        NOTE,
                                                        Optional.of(Duration.ofMillis(200)),
                                                        Optional.empty(),
                                                        Duration.ofMillis(100),
                                                        Optional.empty())));
        assertEquals(ProblemCode.STALE, problem.code());
        assertTrue(
                problem.details().get("measuredStalenessMs") instanceof Long measured
                        && measured >= 600,
                problem::message);
        assertInstanceOf(
                Read.Found.class,
                mesh.at(AZURE)
                        .read(
                                new ReadRequest(
                                        NOTE,
                                        Optional.of(Duration.ofHours(1)),
                                        Optional.empty(),
                                        Duration.ZERO,
                                        Optional.empty())));
    }

    @Test
    void erasureWinsOverWhatIsConcurrentAndLeavesNothingInTheLog() {
        put(AWS, NOTE, "{\"title\": \"to be forgotten\", \"owner\": \"alice\"}");
        settle();
        mesh.isolate(GCP);
        patch(GCP, NOTE, "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"resurrected\"}]");
        mesh.at(AWS).write(request(NOTE, new Change.Erase()));
        mesh.connectAll();
        settle();
        for (RegionName region : List.of(AWS, AZURE, GCP)) {
            assertInstanceOf(Read.Absent.class, readAny(region, NOTE), region.toString());
        }
        until(
                "the logs are scrubbed",
                () ->
                        List.of(AWS, AZURE, GCP).stream()
                                .allMatch(region ->
                                        mesh.at(region).history(NOTE, 100).stream()
                                                .flatMap(entry -> entry.operations().stream())
                                                .noneMatch(operation ->
                                                        operation.contains("forgotten")
                                                                || operation.contains(
                                                                        "resurrected"))));
        put(AZURE, NOTE, "{\"title\": \"new\"}");
        settle();
        assertEquals("new", read(GCP, NOTE, Optional.empty()).value().get("title").stringValue());
    }

    @Test
    void aSubjectsDocumentsAreErasedTogether() {
        DocumentKey other = new DocumentKey("test.notes", "n2");
        DocumentKey third = new DocumentKey("test.notes", "n3");
        put(AWS, NOTE, "{\"owner\": \"alice\"}");
        put(AWS, other, "{\"owner\": \"bob\"}");
        settle();
        mesh.isolate(GCP);
        put(GCP, third, "{\"owner\": \"alice\"}");
        assertEquals(1, mesh.at(AWS).eraseSubject("test.notes", "alice", "erase-1", "officer"));
        mesh.connectAll();
        settle();
        assertInstanceOf(Read.Absent.class, readAny(AZURE, NOTE));
        assertInstanceOf(Read.Absent.class, readAny(AWS, third));
        assertInstanceOf(Read.Absent.class, readAny(GCP, third));
        assertInstanceOf(Read.Found.class, readAny(GCP, other));
    }

    @Test
    void aSecretFieldNeverReachesARegionThatMayNotSeeIt() {
        WriteReceipt receipt = put(AWS, NOTE, "{\"title\": \"a\", \"secret\": \"xyzzy-plugh\"}");
        assertEquals(
                "xyzzy-plugh",
                read(AZURE, NOTE, Optional.of(receipt.token()))
                        .value()
                        .get("secret")
                        .stringValue());
        Read.Found redacted = read(GCP, NOTE, Optional.of(receipt.token()));
        assertFalse(redacted.value().has("secret"));
        assertEquals(List.of("/secret"), redacted.redacted());
        byte[] needle = "plugh".getBytes(StandardCharsets.UTF_8);
        assertFalse(mesh.framesToGcp().stream().anyMatch(frame -> contains(frame, needle)));
        patch(GCP, NOTE, "[{\"op\":\"replace\",\"path\":\"/title\",\"value\":\"b\"}]");
        settle();
        DocumentKey fresh = new DocumentKey("test.notes", "n9");
        assertEquals(
                ProblemCode.FORBIDDEN,
                assertThrows(Problem.class, () -> put(GCP, fresh, "{\"secret\": \"mine\"}"))
                        .code());
        assertEquals(
                "xyzzy-plugh",
                read(AWS, NOTE, Optional.empty()).value().get("secret").stringValue());
    }

    @Test
    void aRestartFindsEverythingAcknowledged() {
        for (int i = 0; i < 50; i++) {
            put(AWS, new DocumentKey("test.notes", "r" + i), "{\"title\": \"" + i + "\"}");
        }
        settle();
        List<DigestEntry> before = mesh.at(AWS).digests();
        mesh.stop(AWS);
        mesh.start(AWS);
        assertEquals(
                before.stream().map(DigestEntry::digest).toList(),
                mesh.at(AWS).digests().stream().map(DigestEntry::digest).toList());
        assertEquals(50, mesh.at(AWS).list("test.notes", "", 100).size());
        mesh.connectAll();
        put(AWS, NOTE, "{\"title\": \"after\"}");
        settle();
        assertEquals("after", read(GCP, NOTE, Optional.empty()).value().get("title").stringValue());
    }

    @Test
    void typesMayArriveInOneRegionLongBeforeAnother() {
        String other =
                TestMesh.NOTES
                        .replace("test.notes", "test.late")
                        .replace(
                                "azure/westeurope, gcp/europe-west1]}\nvisibility",
                                "azure/westeurope]}\nvisibility");
        DocumentKey key = new DocumentKey("test.late", "l1");
        mesh.at(AWS).applyType(other, "late.yaml");
        put(AWS, key, "{\"title\": \"early\"}");
        sleep(300);
        mesh.at(AZURE).applyType(other, "late.yaml");
        WriteReceipt receipt = put(AZURE, key, "{\"title\": \"late\"}");
        assertEquals(
                "late",
                read(AWS, key, Optional.of(receipt.token())).value().get("title").stringValue());
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(Problem.class, () -> put(GCP, key, "{}")).code());
    }

    @Test
    void whatCameBeforeItsTypeIsMergedInEveryShardAlsoAfterARestart() {
        String other =
                TestMesh.NOTES
                        .replace("test.notes", "test.late")
                        .replace("lines: {type", "pages: {type");
        mesh.at(AWS).applyType(other, "late.yaml");
        for (int i = 0; i < 20; i++) {
            put(AWS, new DocumentKey("test.late", "l" + i), "{\"visits\": " + i + "}");
        }
        settle();
        mesh.stop(AZURE);
        mesh.start(AZURE);
        mesh.connectAll();
        mesh.at(AZURE).applyType(other, "late.yaml");
        settle();
        for (int i = 0; i < 20; i++) {
            Read.Found found = read(AZURE, new DocumentKey("test.late", "l" + i), Optional.empty());
            assertEquals(i, found.value().get("visits").intValue());
        }
    }

    @Test
    void aBatchThatBreaksOffInsideAnEventSaysWhatBecameOfEach() {
        String good =
                event(
                        "e1",
                        "b1",
                        "us-east-1",
                        "{\"type\": \"ADD\", \"path\": \"\", \"value\": {}}");
        List<IngestResult> results = ingest(AWS, good + "{\"eventId\": \"e2\", \"timest");
        assertEquals(2, results.size());
        assertTrue(written(results.getFirst()).changed());
        assertEquals(ProblemCode.BAD_REQUEST, problem(results.getLast()).code());
    }

    @Test
    void aWatchSeesChangesAndResumes() throws InterruptedException {
        try (Watch watch = mesh.at(AZURE).watch("test.notes", Optional.empty(), Optional.empty())) {
            put(AWS, NOTE, "{\"title\": \"one\"}");
            Watch.Change first = watch.next(PATIENCE).orElseThrow();
            assertEquals("one", first.value().orElseThrow().get("title").stringValue());
            assertEquals("aws/us-east-1", first.origin());
            put(AWS, NOTE, "{\"title\": \"two\"}");
            settle();
            try (Watch resumed =
                    mesh.at(AZURE)
                            .watch(
                                    "test.notes",
                                    Optional.of("n1"),
                                    Optional.of(first.position()))) {
                Watch.Change second = resumed.next(PATIENCE).orElseThrow();
                assertEquals("two", second.value().orElseThrow().get("title").stringValue());
            }
        }
    }

    @Test
    void conditionsAndImpossibleRequestsAreRefused() {
        WriteReceipt receipt = put(AWS, NOTE, "{\"title\": \"a\"}");
        WriteRequest wrong =
                new WriteRequest(
                        NOTE,
                        new Change.State(JSON.readTree("{\"title\": \"b\"}")),
                        "w-1",
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        "tester",
                        Optional.of("0000000000000000"));
        assertEquals(
                ProblemCode.PRECONDITION_FAILED,
                assertThrows(Problem.class, () -> mesh.at(AWS).write(wrong)).code());
        WriteRequest right =
                new WriteRequest(
                        NOTE,
                        new Change.State(JSON.readTree("{\"title\": \"b\"}")),
                        "w-2",
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        "tester",
                        Optional.of(receipt.version()));
        assertTrue(mesh.at(AWS).write(right).changed());
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(Problem.class, () -> put(AWS, new DocumentKey("no.such", "x"), "{}"))
                        .code());
        assertEquals(
                ProblemCode.SCHEMA_VIOLATION,
                assertThrows(Problem.class, () -> put(AWS, NOTE, "{\"title\": 3}")).code());
    }

    @Test
    void aRegionThatLostItsFolderComesBackUnderItsNextEpochWithTheDocuments() throws IOException {
        for (int i = 0; i < 40; i++) {
            put(
                    i % 2 == 0 ? AWS : AZURE,
                    new DocumentKey("test.notes", "d" + i),
                    "{\"title\": \"t" + i + "\", \"visits\": 1}");
        }
        settle();
        mesh.stop(AWS);
        deleteTree(mesh.folderOf(AWS));
        patch(
                GCP,
                new DocumentKey("test.notes", "d0"),
                "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1}]");
        mesh.start(AWS).applyType(TestMesh.NOTES, "notes.yaml");
        DocumentKey early = new DocumentKey("test.notes", "before-any-link");
        put(AWS, early, "{\"visits\": 0}");
        patch(AWS, early, "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":3}]");
        mesh.connectAll();
        until("both shards take writes again", () -> writesAs(AWS + "#2", "d1", "d2", "d3", "d4"));
        settle();
        assertEquals(
                2,
                read(AWS, new DocumentKey("test.notes", "d0"), Optional.empty())
                        .value()
                        .get("visits")
                        .intValue());
        assertEquals(41, mesh.at(AWS).list("test.notes", "", 100).size());
        assertEquals(3, read(GCP, early, Optional.empty()).value().get("visits").intValue());
        put(AWS, NOTE, "{\"title\": \"again\"}");
        settle();
        assertEquals("again", read(GCP, NOTE, Optional.empty()).value().get("title").stringValue());
        assertEquals(mesh.digests(AWS), mesh.digests(GCP));
        mesh.stop(AWS);
        mesh.start(AWS);
        mesh.connectAll();
        settle();
        assertEquals(mesh.digests(AWS), mesh.digests(GCP));
        assertEquals(42, mesh.at(AWS).list("test.notes", "", 100).size());
    }

    /// Whether writes to these documents are taken in AWS, under the actor.
    private boolean writesAs(String actor, String... ids) {
        for (String id : ids) {
            try {
                WriteReceipt receipt =
                        patch(
                                AWS,
                                new DocumentKey("test.notes", id),
                                "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"u"
                                        + UUID.randomUUID()
                                        + "\"}]");
                if (!receipt.dot().startsWith(actor + ":")) {
                    return false;
                }
            } catch (Problem notYet) {
                return false;
            }
        }
        return true;
    }

    @Test
    void whatHasEndedIsHiddenThenRemovedAndDoesNotComeBackWithALaterWrite() {
        WriteRequest brief =
                new WriteRequest(
                        NOTE,
                        new Change.State(JSON.readTree("{\"title\": \"brief\", \"visits\": 7}")),
                        UUID.randomUUID().toString(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        "",
                        "tester",
                        Optional.empty());
        DocumentKey other = new DocumentKey("test.notes", "n2");
        mesh.at(AWS).write(brief);
        mesh.at(AWS)
                .write(
                        new WriteRequest(
                                other,
                                brief.change(),
                                UUID.randomUUID().toString(),
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                "",
                                "tester",
                                Optional.empty()));
        settle();
        until("it is hidden", () -> readAny(GCP, NOTE) instanceof Read.Absent);
        put(GCP, NOTE, "{\"tags\": [\"new\"]}");
        settle();
        assertEquals(
                JSON.readTree("{\"tags\": [\"new\"]}"), read(AWS, NOTE, Optional.empty()).value());
        until("one is left in the end", () -> documents(AWS) == 1 && documents(GCP) == 1);
        settle();
        assertEquals(mesh.digests(AWS), mesh.digests(AZURE));
    }

    private long documents(RegionName region) {
        return mesh.at(region).digests().stream().mapToLong(DigestEntry::documents).sum();
    }

    @Test
    void aWatchThatResumesAfterARestartWaitsInsteadOfSpinning() throws InterruptedException {
        put(AWS, NOTE, "{\"title\": \"a\"}");
        settle();
        String position;
        try (Watch watch = mesh.at(AWS).watch("test.notes", Optional.empty(), Optional.of("0"))) {
            position = watch.next(PATIENCE).orElseThrow().position();
        }
        mesh.stop(AWS);
        mesh.start(AWS);
        mesh.connectAll();
        try (Watch watch =
                mesh.at(AWS).watch("test.notes", Optional.empty(), Optional.of(position))) {
            watch.next(Duration.ofMillis(50));
            long began = System.nanoTime();
            assertTrue(watch.next(Duration.ofMillis(400)).isEmpty());
            assertTrue(System.nanoTime() - began >= 400_000_000L, "it returned without waiting");
            put(AZURE, NOTE, "{\"title\": \"b\"}");
            assertEquals("azure/westeurope", watch.next(PATIENCE).orElseThrow().origin());
        }
    }

    @Test
    void aFrameThatIsNoneClosesTheLinkAndNothingIsLost() {
        put(AWS, NOTE, "{\"title\": \"a\"}");
        settle();
        mesh.receives(AZURE, AWS, new byte[] {0x53, 0x42, 7, 7, 7, 7});
        mesh.receives(AZURE, AWS, new byte[] {1, 2, 3});
        put(AWS, NOTE, "{\"title\": \"b\"}");
        mesh.connectAll();
        settle();
        assertEquals("b", read(AZURE, NOTE, Optional.empty()).value().get("title").stringValue());
        assertEquals(mesh.digests(AWS), mesh.digests(AZURE));
    }

    @Test
    void allRegionsAgreeInTheEndWhateverHappened() {
        java.util.Random random = new java.util.Random(42);
        List<RegionName> regions = List.of(AWS, AZURE, GCP);
        for (int i = 0; i < 300; i++) {
            RegionName region = regions.get(random.nextInt(3));
            DocumentKey key = new DocumentKey("test.notes", "d" + random.nextInt(8));
            if (readAny(region, key) instanceof Read.Absent) {
                put(region, key, "{\"visits\": 0, \"lines\": []}");
            } else {
                patch(
                        region,
                        key,
                        switch (random.nextInt(4)) {
                            case 0 -> "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1}]";
                            case 1 ->
                                    "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"t"
                                            + i
                                            + "\"}]";
                            case 2 ->
                                    "[{\"op\":\"add\",\"path\":\"/lines/-\",\"value\":{\"n\":"
                                            + i
                                            + "}}]";
                            default ->
                                    "[{\"op\":\"add\",\"path\":\"/lines/0\",\"value\":{\"n\":"
                                            + i
                                            + "}}]";
                        });
            }
            if (i % 60 == 20) {
                mesh.isolate(regions.get(random.nextInt(3)));
            } else if (i % 60 == 50) {
                mesh.connectAll();
            }
        }
        mesh.connectAll();
        settle();
        List<String> digests = mesh.at(AWS).digests().stream().map(DigestEntry::digest).toList();
        assertEquals(digests, mesh.at(AZURE).digests().stream().map(DigestEntry::digest).toList());
        for (int i = 0; i < 8; i++) {
            DocumentKey key = new DocumentKey("test.notes", "d" + i);
            assertEquals(show(readAny(AWS, key)), show(readAny(GCP, key)));
        }
    }

    private static String show(Read read) {
        return read instanceof Read.Found found ? found.value().toString() : "absent";
    }

    // --- what tests say

    private WriteReceipt put(RegionName region, DocumentKey key, String json) {
        return rig.put(region, key, json);
    }

    private WriteReceipt patch(RegionName region, DocumentKey key, String operations) {
        return rig.patch(region, key, operations);
    }

    private Read.Found read(RegionName region, DocumentKey key, Optional<String> token) {
        return assertInstanceOf(
                Read.Found.class,
                mesh.at(region)
                        .read(
                                new ReadRequest(
                                        key,
                                        Optional.of(Duration.ofSeconds(30)),
                                        token,
                                        PATIENCE,
                                        Optional.empty())));
    }

    private Read readAny(RegionName region, DocumentKey key) {
        return mesh.at(region)
                .read(
                        new ReadRequest(
                                key,
                                Optional.of(Duration.ofDays(1)),
                                Optional.empty(),
                                Duration.ofMillis(500),
                                Optional.empty()));
    }

    private void settle() {
        rig.settle();
    }

    private void until(String what, BooleanSupplier condition) {
        rig.until(what, condition);
    }

    private static String event(String id, String document, String region, String operation) {
        return """
        {"eventId": "%s", "timestamp": "2026-01-15T14:30:00.000Z", "version": "1.0", "contextId": "%s",
         "cloudRegion": "%s", "eventType": "CONTEXT_DELTA", "payload": {"operations": [%s]}}
        """
                .formatted(id, document, region, operation);
    }

    private List<IngestResult> ingest(RegionName region, String events) {
        return rig.ingest(region, events);
    }

    private static Problem problem(IngestResult result) {
        return assertInstanceOf(IngestResult.Refused.class, result).problem();
    }

    private static boolean contains(byte[] bytes, byte[] needle) {
        for (int i = 0; i + needle.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }
}
