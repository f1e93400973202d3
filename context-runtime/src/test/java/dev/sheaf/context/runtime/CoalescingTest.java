package dev.sheaf.context.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sheaf.context.Event;
import dev.sheaf.context.EventKind;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.ByteSize;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

final class CoalescingTest {
    @TempDir Path folder;
    private TypeRegistry types;

    @BeforeEach
    void knowTypes() {
        TreeSet<dev.sheaf.kernel.RegionName> regions =
                new TreeSet<>(List.of(TestMesh.AWS, TestMesh.AZURE, TestMesh.GCP));
        types =
                new TypeRegistry(
                        new ContextConfig(
                                "test",
                                TestMesh.AWS,
                                regions,
                                Map.of(),
                                1,
                                1,
                                folder,
                                ByteSize.ofMebibytes(1),
                                10,
                                10,
                                _ -> false),
                        folder.resolve("types"));
        types.apply(TestMesh.NOTES, "notes.yaml", false);
        types.apply(
                TestMesh.NOTES.replace("test.notes", "test.audited") + "audited: true\n",
                "audited.yaml",
                false);
    }

    @Test
    void aRegisterThatIsWrittenAgainTravelsOnce() {
        List<Event> sent =
                Coalescing.of(
                        List.of(
                                assign(1, "test.notes", "a", "title", "1"),
                                assign(2, "test.notes", "b", "title", "2"),
                                assign(3, "test.notes", "a", "title", "3"),
                                assign(4, "test.notes", "a", "title", "4")),
                        types);
        assertEquals(List.of(0, 1, 0, 1), sent.stream().map(event -> event.ops().size()).toList());
        assertEquals(List.of(1L, 2L, 3L, 4L), sent.stream().map(Event::sequence).toList());
    }

    @Test
    void whatLiesBetweenIsABarrier() {
        List<Event> events =
                List.of(
                        assign(1, "test.notes", "a", "title", "1"),
                        event(2, "test.notes", "a", new Op.Remove(List.of())),
                        assign(3, "test.notes", "a", "title", "3"));
        assertSame(events, Coalescing.of(events, types));
    }

    @Test
    void countersAndAuditedTypesAreLeftAlone() {
        List<Event> audited =
                List.of(
                        assign(1, "test.audited", "a", "title", "1"),
                        assign(2, "test.audited", "a", "title", "2"));
        assertSame(audited, Coalescing.of(audited, types));
        Op increment = new Op.Increment(List.of(new Step.Key("visits")), BigDecimal.ONE);
        List<Event> counted =
                List.of(
                        event(1, "test.notes", "a", increment),
                        event(2, "test.notes", "a", increment));
        assertSame(counted, Coalescing.of(counted, types));
        List<Event> reset =
                List.of(
                        assign(1, "test.notes", "a", "visits", "1"),
                        assign(2, "test.notes", "a", "visits", "2"));
        assertSame(reset, Coalescing.of(reset, types));
    }

    private static Event assign(long sequence, String type, String id, String key, String value) {
        return event(
                sequence,
                type,
                id,
                new Op.Assign(
                        List.of(new Step.Key(key)), JsonNodeFactory.instance.stringNode(value), 0));
    }

    private static Event event(long sequence, String type, String id, Op op) {
        return new Event(
                "e" + sequence,
                EventKind.CONTEXT_DELTA,
                type,
                id,
                "1.0",
                0,
                sequence,
                1,
                Hlc.of(1_000, 0),
                VersionVector.of(sequence - 1),
                Lane.IMPORTANT,
                "",
                0,
                "",
                List.of(op));
    }
}
