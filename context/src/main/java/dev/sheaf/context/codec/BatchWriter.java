package dev.sheaf.context.codec;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes events as a batch, `spec/context.md` section 5.1. Events of one stream that follow each
/// other share a section, so they are best added in order. Reusable after [#finish]; not safe for
/// threads.
public final class BatchWriter {
    private final ActorTable actors;
    private final StringTable strings = new StringTable();
    private final StringTable actorNames = new StringTable();
    private final Map<List<Step>, Integer> pathIndexes = new HashMap<>();
    private final ByteWriter paths = new ByteWriter();
    private final ByteWriter sections = new ByteWriter(4_096);
    private final ByteWriter events = new ByteWriter(4_096);
    private final EventIds eventIds = new EventIds();
    private int[] actorIndexes = new int[8];
    private int sectionCount;
    private int sectionEvents;
    private int eventCount;
    private String firstType = "";

    // Where the section that is being written stands.
    private String scope = "";
    private int shard;
    private int actor = -1;
    private long sequenceNext;
    private long hlcBefore;
    private VersionVector contextBefore = VersionVector.EMPTY;

    /// @param actors of this node: the events' indexes are its
    public BatchWriter(ActorTable actors) {
        this.actors = actors;
    }

    /// @param scope the residency scope's name
    /// @param shard of the event's document
    public void add(String scope, int shard, Event event) {
        boolean follows =
                actor == event.actor()
                        && sequenceNext == event.sequence()
                        && this.shard == shard
                        && this.scope.equals(scope);
        if (!follows) {
            beginSection(scope, shard, event);
        }
        if (eventCount == 0) {
            firstType = event.type();
        }
        writeEvent(event);
        sequenceNext = event.lastSequence() + 1;
        hlcBefore = event.hlc();
        contextBefore = event.context();
        sectionEvents++;
        eventCount++;
    }

    public int eventCount() {
        return eventCount;
    }

    /// The context type of the first event: the one whose dictionary suits the batch.
    public String firstType() {
        return firstType;
    }

    /// About how many bytes the batch has so far, before compression.
    public int sizeEstimate() {
        return strings.size() + paths.size() + sections.size() + events.size();
    }

    /// The batch; the writer is empty afterwards.
    public byte[] finish(BatchCompression compression) {
        endSection();
        ByteWriter body = new ByteWriter(sizeEstimate() + actorNames.size() + 32);
        actorNames.write(body);
        strings.write(body);
        body.varint(pathIndexes.size());
        body.raw(paths);
        body.varint(sectionCount);
        body.raw(sections);
        clear();
        return compression.frame(body);
    }

    private void clear() {
        strings.clear();
        actorNames.clear();
        pathIndexes.clear();
        paths.clear();
        sections.clear();
        java.util.Arrays.fill(actorIndexes, 0);
        sectionCount = 0;
        eventCount = 0;
        actor = -1;
    }

    private void beginSection(String newScope, int newShard, Event first) {
        endSection();
        scope = newScope;
        shard = newShard;
        actor = first.actor();
        sections.varint(strings.indexOf(newScope));
        sections.varint(newShard);
        sections.varint(indexOfActor(actor));
        sections.varint(first.sequence());
        writeVector(first.context());
        sections.u64(first.hlc());
        hlcBefore = first.hlc();
        contextBefore = first.context();
        eventIds.reset();
        sectionCount++;
    }

    private void endSection() {
        if (sectionEvents > 0) {
            sections.varint(sectionEvents);
            sections.raw(events);
            events.clear();
            sectionEvents = 0;
        }
    }

    private void writeVector(VersionVector vector) {
        int entries = 0;
        for (int index = 0; index < vector.width(); index++) {
            entries += index != actor && vector.get(index) > 0 ? 1 : 0;
        }
        sections.varint(entries);
        for (int index = 0; index < vector.width(); index++) {
            if (index != actor && vector.get(index) > 0) {
                sections.varint(indexOfActor(index));
                sections.varint(vector.get(index));
            }
        }
    }

    private void writeEvent(Event event) {
        int changes = contextChanges(event.context());
        int flags =
                event.kind().ordinal()
                        | event.lane().ordinal() << EventFlags.LANE_SHIFT
                        | (changes > 0 ? EventFlags.CONTEXT_CHANGES : 0)
                        | (event.author().isEmpty() ? 0 : EventFlags.AUTHOR)
                        | (event.ttlSeconds() == 0 ? 0 : EventFlags.TTL)
                        | (event.compactionKey().isEmpty() ? 0 : EventFlags.COMPACTION_KEY);
        events.u8(flags);
        events.varint(event.width());
        events.svarint(event.hlc() - hlcBefore);
        if (changes > 0) {
            writeContextChanges(event.context(), changes);
        }
        eventIds.write(events, event.eventId());
        events.varint(strings.indexOf(event.type()));
        events.varint(strings.indexOf(event.documentId()));
        events.varint(strings.indexOf(event.schemaVersion()));
        if ((flags & EventFlags.AUTHOR) != 0) {
            events.varint(strings.indexOf(event.author()));
        }
        if ((flags & EventFlags.TTL) != 0) {
            events.varint(event.ttlSeconds());
        }
        if ((flags & EventFlags.COMPACTION_KEY) != 0) {
            events.varint(strings.indexOf(event.compactionKey()));
        }
        events.varint(event.ops().size());
        for (Op op : event.ops()) {
            writeOp(op, event.sequence());
        }
    }

    private int contextChanges(VersionVector context) {
        if (context == contextBefore) {
            return 0;
        }
        int changes = 0;
        for (int index = 0; index < context.width(); index++) {
            changes += index != actor && context.get(index) != contextBefore.get(index) ? 1 : 0;
        }
        return changes;
    }

    private void writeContextChanges(VersionVector context, int changes) {
        events.varint(changes);
        for (int index = 0; index < context.width(); index++) {
            if (index != actor && context.get(index) != contextBefore.get(index)) {
                events.varint(indexOfActor(index));
                events.varint(context.get(index) - contextBefore.get(index));
            }
        }
    }

    private void writeOp(Op op, long sequence) {
        switch (op) {
            case Op.Assign assign -> {
                begin(OpCode.ASSIGN, assign.path());
                dot(assign.firstDot(), sequence);
                ValueCodec.write(events, assign.value(), strings);
            }
            case Op.Remove remove -> begin(OpCode.REMOVE, remove.path());
            case Op.Increment increment -> {
                begin(OpCode.INCREMENT, increment.path());
                ValueCodec.write(events, DecimalNode.valueOf(increment.amount()), strings);
            }
            case Op.Include include -> {
                begin(OpCode.INCLUDE, include.path());
                values(include.values());
            }
            case Op.Exclude exclude -> {
                begin(OpCode.EXCLUDE, exclude.path());
                values(exclude.values());
            }
            case Op.Insert insert -> {
                begin(OpCode.INSERT, insert.path());
                dot(insert.firstDot(), sequence);
                dot(insert.leftOrigin(), sequence);
                dot(insert.rightOrigin(), sequence);
                values(insert.values());
            }
            case Op.Delete delete -> {
                begin(OpCode.DELETE, delete.path());
                events.varint(delete.runs().size());
                for (Op.Run run : delete.runs()) {
                    dot(run.firstDot(), sequence);
                    events.varint(run.count());
                }
            }
            case Op.Move move -> {
                begin(OpCode.MOVE, move.path());
                dot(move.slot(), sequence);
                dot(move.element(), sequence);
                dot(move.leftOrigin(), sequence);
                dot(move.rightOrigin(), sequence);
            }
            case Op.Erase erase -> begin(OpCode.ERASE, erase.path());
            case Op.EraseSubject erase -> {
                begin(OpCode.ERASE_SUBJECT, erase.path());
                events.string(erase.subject());
            }
        }
    }

    private void begin(int code, List<Step> path) {
        events.u8(code);
        events.varint(indexOfPath(path));
    }

    private void values(List<JsonNode> values) {
        events.varint(values.size());
        for (JsonNode value : values) {
            ValueCodec.write(events, value, strings);
        }
    }

    private void dot(long dot, long sequence) {
        if (dot == Dot.STABLE) {
            events.varint(0);
            return;
        }
        int index = Dot.actor(dot);
        events.varint(indexOfActor(index) + 1L);
        if (index == actor) {
            events.svarint(Dot.sequence(dot) - sequence);
        } else {
            events.varint(Dot.sequence(dot));
        }
    }

    private int indexOfPath(List<Step> path) {
        Integer known = pathIndexes.get(path);
        if (known != null) {
            return known;
        }
        int index = pathIndexes.size();
        pathIndexes.put(path, index);
        paths.varint(path.size());
        for (Step step : path) {
            switch (step) {
                case Step.Key key -> {
                    paths.u8(0);
                    paths.varint(strings.indexOf(key.name()));
                }
                case Step.Element element -> {
                    paths.u8(1);
                    paths.varint(indexOfActor(Dot.actor(element.dot())));
                    paths.varint(Dot.sequence(element.dot()));
                }
            }
        }
        return index;
    }

    /// The actor's number in this batch; remembered by the node's number, plus one.
    private int indexOfActor(int index) {
        if (index >= actorIndexes.length) {
            actorIndexes = java.util.Arrays.copyOf(actorIndexes, Math.max(index + 1, 16));
        }
        if (actorIndexes[index] == 0) {
            actorIndexes[index] = actorNames.indexOf(actors.actor(index).toString()) + 1;
        }
        return actorIndexes[index] - 1;
    }
}
