package dev.sheaf.context.runtime.wire;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;
import dev.sheaf.context.sync.ReplicaState;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Gathers messages into a frame. Reusable after [#finish]; not safe for threads.
public final class FrameWriter {
    private final ActorTable actors;
    private final BatchWriter batch;
    private final Map<Integer, Integer> actorIndexes = new LinkedHashMap<>();
    private final Map<GroupId, Integer> groupIndexes = new LinkedHashMap<>();
    private final ByteWriter entries = new ByteWriter(1_024);
    private int messageCount;

    /// @param actors of this node
    public FrameWriter(ActorTable actors) {
        this.actors = actors;
        this.batch = new BatchWriter(actors);
    }

    public void add(GroupId group, Message message) {
        entries.varint(groupIndexes.computeIfAbsent(group, key -> groupIndexes.size()));
        write(group, message);
        messageCount++;
    }

    public boolean isEmpty() {
        return messageCount == 0;
    }

    public int eventCount() {
        return batch.eventCount();
    }

    /// The context type of the first event.
    public String firstType() {
        return batch.firstType();
    }

    public int sizeEstimate() {
        return entries.size() + batch.sizeEstimate();
    }

    /// The frame; the writer is empty afterwards.
    public byte[] finish(BatchCompression compression) {
        ByteWriter out = new ByteWriter(entries.size() + 256);
        out.u8(MessageCode.FRAME);
        out.u8(MessageCode.VERSION);
        out.varint(actorIndexes.size());
        for (int actor : actorIndexes.keySet()) {
            out.string(actors.actor(actor).toString());
        }
        out.varint(groupIndexes.size());
        for (GroupId group : groupIndexes.keySet()) {
            out.string(group.scope());
            out.varint(group.shard());
        }
        out.varint(messageCount);
        out.raw(entries);
        if (batch.eventCount() > 0) {
            byte[] events = batch.finish(compression);
            out.raw(events, 0, events.length);
        }
        actorIndexes.clear();
        groupIndexes.clear();
        entries.clear();
        messageCount = 0;
        return out.toByteArray();
    }

    private void write(GroupId group, Message message) {
        switch (message) {
            case Message.Subscribe subscribe -> {
                entries.u8(MessageCode.SUBSCRIBE);
                entries.string(subscribe.subscriber().toString());
                actor(subscribe.actor());
                entries.varint(subscribe.subscription());
                entries.varint(subscribe.after());
            }
            case Message.Unsubscribe unsubscribe -> {
                entries.u8(MessageCode.UNSUBSCRIBE);
                actor(unsubscribe.actor());
                entries.varint(unsubscribe.subscription());
            }
            case Message.Events events -> {
                entries.u8(MessageCode.EVENTS);
                actor(events.actor());
                entries.varint(events.subscription());
                entries.varint(events.events().size());
                for (Event event : events.events()) {
                    batch.add(group.scope(), group.shard(), event);
                }
            }
            case Message.Acknowledge acknowledge -> {
                entries.u8(MessageCode.ACKNOWLEDGE);
                actor(acknowledge.actor());
                entries.varint(acknowledge.subscription());
                entries.varint(acknowledge.sequence());
            }
            case Message.Declined declined -> {
                entries.u8(MessageCode.DECLINED);
                actor(declined.actor());
                entries.varint(declined.subscription());
                vector(declined.cut());
            }
            case Message.Beat beat -> {
                entries.u8(MessageCode.BEAT);
                entries.varint(beat.number());
                entries.varint(beat.unlinked().size());
                beat.unlinked().forEach(this::actor);
            }
            case Message.Mark mark -> writeMark(mark);
            case Message.Evicted evicted -> {
                entries.u8(MessageCode.EVICTED);
                actor(evicted.actor());
                entries.varint(evicted.end());
            }
            case Message.Join join -> {
                entries.u8(MessageCode.JOIN);
                entries.string(join.joiner().toString());
                entries.varint(join.transfer());
            }
            case Message.JoinRefused refused -> {
                entries.u8(MessageCode.JOIN_REFUSED);
                entries.varint(refused.epoch());
            }
            case Message.StateBegin begin -> {
                entries.u8(MessageCode.STATE_BEGIN);
                entries.varint(begin.transfer());
                state(begin.state());
            }
            case Message.StatePart part -> {
                entries.u8(MessageCode.STATE_PART);
                entries.varint(part.transfer());
                entries.varint(part.index());
                entries.varint(part.bytes().length);
                entries.raw(part.bytes(), 0, part.bytes().length);
                entries.u8(part.last() ? 1 : 0);
            }
            case Message.StateNext next -> {
                entries.u8(MessageCode.STATE_NEXT);
                entries.varint(next.transfer());
                entries.varint(next.index());
            }
        }
    }

    private void writeMark(Message.Mark mark) {
        entries.u8(MessageCode.MARK);
        actor(mark.sender());
        entries.varint(mark.number());
        vector(mark.vector());
        vector(mark.cut());
        vector(mark.settled());
        entries.varint(mark.ages().size());
        for (Message.Age age : mark.ages()) {
            actor(age.actor());
            entries.varint(age.nanos());
        }
        entries.varint(mark.reports().size());
        for (Message.Report report : mark.reports()) {
            actor(report.actor());
            vector(report.vector());
            vector(report.cut());
            vector(report.settled());
        }
        entries.u64(mark.hlc());
        OptionalLong digest = mark.digest();
        entries.u8(digest.isPresent() ? 1 : 0);
        if (digest.isPresent()) {
            entries.u64(digest.getAsLong());
        }
    }

    private void state(ReplicaState state) {
        StateCodec.write(entries, state, this::actorIndex);
    }

    private void actor(int actor) {
        entries.varint(actorIndex(actor));
    }

    private void vector(VersionVector vector) {
        StateCodec.writeVector(entries, vector, this::actorIndex);
    }

    private int actorIndex(int actor) {
        return actorIndexes.computeIfAbsent(actor, key -> actorIndexes.size());
    }
}
