package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.JSON;
import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.Table;
import dev.sheaf.context.sync.MemberChange;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

final class RejoinTest {

    private static final String INCREMENT =
            "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1}]";

    @TempDir Path folder;
    private MeshRig rig;

    @BeforeEach
    void start() {
        rig = new MeshRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    /// The two that hear each other evict the third after a day.
    private void evictAws(DocumentKey key) {
        rig.until(
                AWS + " is evicted",
                () -> {
                    rig.mesh.advance(Duration.ofHours(1));
                    MeshRig.sleep(100);
                    return rig.ask(
                            AZURE,
                            key,
                            group ->
                                    group.replica().members().stream()
                                            .anyMatch(member ->
                                                    member.standing()
                                                            == dev.sheaf.context.sync.Member
                                                                    .Standing.EVICTED));
                });
    }

    private List<Event> eventsOf(ActorId actor, DocumentKey key) {
        return eventsOf(actor, key, 0).orElseThrow().stream()
                .filter(event -> !MemberChange.isMemberChange(event))
                .toList();
    }

    private Optional<List<Event>> eventsOf(ActorId actor, DocumentKey key, long after) {
        return rig.ask(
                AWS,
                key,
                group -> {
                    Groups groups = rig.mesh.at(AWS).groups();
                    return new LogEvents(groups.parts().log(), groups.parts().actors())
                            .read(
                                    group.number(),
                                    groups.parts().actors().indexOf(actor),
                                    after,
                                    Dot.SEQUENCE_MAX,
                                    Long.MAX_VALUE);
                });
    }

    private boolean takesWrites() {
        try {
            return rig.patch(
                            AWS,
                            NOTE,
                            "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"b"
                                    + System.nanoTime()
                                    + "\"}]")
                    .changed();
        } catch (Problem notYet) {
            return false;
        }
    }

    @Test
    void whatAnEvictedRegionHadNotSentIsWrittenAgainBeforeAnythingElse() throws Exception {
        rig.put(AWS, NOTE, "{\"title\": \"a\", \"visits\": 0}");
        rig.settle();
        rig.mesh.isolate(AWS);
        for (int i = 0; i < 5; i++) {
            rig.patch(AWS, NOTE, "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1}]");
        }
        rig.patch(AZURE, NOTE, "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":10}]");
        evictAws(NOTE);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                takesWrites();
                            }
                        });
        rig.mesh.connectAll();
        rig.until(
                "it writes as its next epoch",
                () ->
                        rig.ask(AWS, NOTE, group -> group.replica().isMember())
                                && !eventsOf(new ActorId(AWS, 2), NOTE).isEmpty());
        MeshRig.sleep(300);
        done.set(true);
        writer.join();
        rig.settle();
        List<Event> events = eventsOf(new ActorId(AWS, 2), NOTE);
        List<Boolean> again =
                events.stream()
                        .map(event -> event.kind() == EventKind.CONTEXT_RECONCILIATION)
                        .toList();
        assertTrue(again.lastIndexOf(true) >= 4, () -> "fewer than five: " + again);
        assertTrue(again.contains(false), "nothing else was written");
        assertEquals(again.lastIndexOf(true) + 1, again.indexOf(false), again::toString);
        assertEquals(15, rig.value(GCP, NOTE).orElseThrow().get("visits").intValue());
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(GCP));
        rig.patch(GCP, NOTE, "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"end\"}]");
        rig.settle();
        rig.mesh.stop(AWS);
        rig.mesh.start(AWS);
        rig.mesh.connectAll();
        rig.settle();
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(GCP));
        assertEquals("end", rig.value(AWS, NOTE).orElseThrow().get("title").stringValue());
    }

    @Test
    void whatIsWrittenAgainOverAStableValueIsAConflict() {
        rig.put(AWS, NOTE, "{\"title\": \"a\", \"visits\": 0}");
        rig.settle();
        rig.mesh.isolate(AWS);
        rig.patch(AWS, NOTE, "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"aws\"}]");
        rig.patch(GCP, NOTE, "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"gcp\"}]");
        evictAws(NOTE);
        rig.until(
                "what GCP wrote is stable",
                () ->
                        rig.ask(
                                AZURE,
                                NOTE,
                                group -> group.replica().cut().covers(group.replica().applied())));
        rig.mesh.connectAll();
        rig.until("it is written again", () -> isReissued());
        rig.settle();
        assertEquals("aws", rig.value(GCP, NOTE).orElseThrow().get("title").stringValue());
        List<ConflictEntry> conflicts = rig.conflicts(AWS);
        assertEquals(1, conflicts.size(), conflicts::toString);
        ConflictEntry conflict = conflicts.getFirst();
        assertEquals("OVERWRITE", conflict.kind());
        assertEquals("/title", conflict.pointer());
        assertEquals(
                List.of("gcp", "aws"),
                conflict.versions().stream()
                        .map(version -> version.value().orElseThrow().stringValue())
                        .toList());
        assertEquals("aws", conflict.shown().orElseThrow().stringValue());
    }

    @Test
    void aWatchSaysThatDocumentsCameAsAWhole() throws Exception {
        rig.put(AWS, NOTE, "{\"title\": \"before\", \"visits\": 0}");
        rig.settle();
        rig.mesh.stop(AWS);
        MeshRig.deleteTree(rig.mesh.folderOf(AWS));
        ContextRuntime fresh = rig.mesh.start(AWS);
        fresh.applyType(TestMesh.NOTES, "notes.yaml");
        try (Watch watch = fresh.watch("test.notes", Optional.empty(), Optional.empty())) {
            rig.mesh.connectAll();
            rig.until("it is a member", () -> isMember(new ActorId(AWS, 2)));
            Problem missed =
                    assertThrows(
                            Problem.class,
                            () -> {
                                long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                                while (System.nanoTime() < end) {
                                    watch.next(Duration.ofMillis(50));
                                }
                            });
            assertEquals(ProblemCode.CONFLICT, missed.code(), missed.message());
        }
        assertEquals(List.of("n1"), fresh.list("test.notes", "", 10));
        try (Watch again = fresh.watch("test.notes", Optional.empty(), Optional.empty())) {
            rig.patch(AZURE, NOTE, "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"after\"}]");
            Watch.Change change = again.next(Duration.ofSeconds(30)).orElseThrow();
            assertEquals("after", change.value().orElseThrow().get("title").stringValue());
        }
    }

    private boolean isReissued() {
        return rig.ask(AWS, NOTE, Group::mayWrite)
                && !eventsOf(new ActorId(AWS, 2), NOTE).isEmpty();
    }

    @Test
    void aStateThatIsSentDuringWritesIsFollowedByTheLogFromTheCutOn() throws Exception {
        rig.put(AWS, NOTE, "{\"title\": \"a\", \"visits\": 0}");
        rig.settle();
        rig.mesh.stop(AWS);
        MeshRig.deleteTree(rig.mesh.folderOf(AWS));
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                rig.patch(AZURE, NOTE, INCREMENT);
                                written.incrementAndGet();
                                MeshRig.sleep(1);
                            }
                        });
        rig.mesh.start(AWS).applyType(TestMesh.NOTES, "notes.yaml");
        rig.mesh.connectAll();
        ActorId next = new ActorId(AWS, 2);
        AtomicLong atAdmission = new AtomicLong();
        rig.until(
                "it is admitted",
                () ->
                        rig.ask(
                                AZURE,
                                NOTE,
                                group -> {
                                    Groups groups = rig.mesh.at(AZURE).groups();
                                    int actor = groups.parts().actors().indexOf(next);
                                    int own =
                                            groups.parts().actors().indexOf(new ActorId(AZURE, 1));
                                    atAdmission.set(group.replica().applied().get(own));
                                    return group.replica().members().stream()
                                            .anyMatch(member -> member.actor() == actor);
                                }));
        rig.until("it is a member", () -> isMember(next));
        done.set(true);
        writer.join();
        rig.settle();
        List<Event> events = eventsOf(new ActorId(AZURE, 1), NOTE, atAdmission.get()).orElseThrow();
        long expected = atAdmission.get() + 1;
        for (Event event : events) {
            assertEquals(expected, event.sequence());
            expected = event.lastSequence() + 1;
        }
        assertTrue(events.size() > 3, () -> "only " + events.size());
        assertEquals(written.get(), rig.value(AWS, NOTE).orElseThrow().get("visits").longValue());
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(GCP));
    }

    private boolean isMember(ActorId actor) {
        return rig.ask(
                AWS,
                NOTE,
                group -> group.replica().isMember() && group.replica().self().equals(actor));
    }

    @Test
    void whatWasSetAsideIsWrittenAgainBeforeAnythingElseAfterARestart() {
        // Documents that end while the node is down: it has removals to write, as soon as it may.
        for (int i = 0; i < 40; i++) {
            DocumentKey key = new DocumentKey("test.notes", "brief" + i);
            rig.mesh.at(AWS).write(MeshRig.brief(key, JSON.readTree("{\"visits\": 0}"), 1));
        }
        DocumentKey first = new DocumentKey("test.notes", "brief0");
        DocumentKey second = otherShard(first);
        ActorId self = new ActorId(AWS, 1);
        long firstLast = setAside(first);
        long secondLast = setAside(second);
        rig.mesh.stop(AWS);
        MeshRig.sleep(1_200);
        rig.mesh.step(Duration.ofMillis(300));
        rig.mesh.start(AWS);
        rig.mesh.step(Duration.ZERO);
        rig.until(
                "something is written in both",
                () ->
                        !eventsOf(self, first, firstLast).orElseThrow().isEmpty()
                                && !eventsOf(self, second, secondLast).orElseThrow().isEmpty());
        assertEquals("aside", eventsOf(self, first, firstLast).orElseThrow().getFirst().eventId());
        assertEquals(
                "aside", eventsOf(self, second, secondLast).orElseThrow().getFirst().eventId());
    }

    private DocumentKey otherShard(DocumentKey key) {
        for (int i = 1; ; i++) {
            DocumentKey other = new DocumentKey(key.type(), "brief" + i);
            if (Shards.of(other, 2) != Shards.of(key, 2)) {
                return other;
            }
        }
    }

    /// As a node does that ends before it has written again what it had set aside.
    ///
    /// @return the last number of the node's stream
    private long setAside(DocumentKey key) {
        Event last = eventsOf(new ActorId(AWS, 1), key).getLast();
        Event event =
                new Event(
                        "aside",
                        EventKind.CONTEXT_DELTA,
                        last.type(),
                        last.documentId(),
                        last.schemaVersion(),
                        last.actor(),
                        last.sequence() + 1,
                        1,
                        last.hlc() + 1,
                        last.context().with(last.actor(), last.sequence()),
                        last.lane(),
                        "",
                        0,
                        "",
                        List.of(
                                new Op.Assign(
                                        List.of(new Step.Key("title")),
                                        JSON.readTree("\"again\""),
                                        0)));
        return rig.ask(
                AWS,
                key,
                group -> {
                    EngineParts parts = rig.mesh.at(AWS).groups().parts();
                    BatchWriter writer = new BatchWriter(parts.actors());
                    writer.add(group.id().scope(), group.id().shard(), event);
                    StateBatch batch = new StateBatch();
                    try (BatchCompression compression = BatchCompression.none()) {
                        batch.put(
                                Table.META,
                                Rejoin.asideKey(group.id()),
                                writer.finish(compression));
                    }
                    parts.positions().writeBeside(batch);
                    return last.lastSequence();
                });
    }
}
