package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.BatchReader;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.Table;
import dev.sheaf.context.sync.Erasure;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.MemberChange;
import dev.sheaf.kernel.Problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a group comes back after its actor was evicted, or its state was lost, `spec/context.md`
/// section 6.6: own events that nobody else has are set aside, the documents are dropped, the group
/// joins under the next epoch, and writes the events again. For the group's thread.
final class Rejoin {
    private static final Logger LOG = LoggerFactory.getLogger(Rejoin.class);

    private final Groups groups;
    private final EngineParts parts;
    private final Group group;

    Rejoin(Groups groups, Group group) {
        this.groups = groups;
        this.parts = groups.parts();
        this.group = group;
    }

    /// @param end up to where the others have this actor's events; [Dot#SEQUENCE_MAX] when they
    ///   have all that this node has, and more
    void begin(long end) {
        group.endTurn();
        parts.log().sync();
        ActorId before = group.replica().self();
        StateBatch batch = new StateBatch();
        // The others were ahead of an old copy when it started: what it has written since under
        // numbers that they had taken already, they dropped.
        setAside(before, end < Dot.SEQUENCE_MAX ? end : group.ownAtStart(), batch);
        start(new ActorId(before.region(), before.epoch() + 1), batch);
    }

    void tryAgain(int epoch) {
        start(new ActorId(group.replica().self().region(), epoch), new StateBatch());
    }

    private void start(ActorId self, StateBatch batch) {
        LOG.warn(
                "{} shard {}: {} has ended; this node joins again as {}",
                group.id().scope(),
                group.id().shard(),
                group.replica().self(),
                self);
        byte[] from = DocumentKeys.group(group.number());
        byte[] to = DocumentKeys.group(group.number() + 1);
        batch.deleteRange(Table.DOCUMENTS, from, to);
        batch.deleteRange(Table.SUBJECTS, from, to);
        batch.delete(Table.META, GroupStates.key(group.number()));
        group.seen().forgetKept(group.number(), batch);
        group.worker().writeBehindNow();
        group.worker().dropFromCache(group);
        parts.actors().indexOf(self);
        Group fresh = groups.remake(group, self);
        fresh.writeInstalled(fresh.replica().state(), batch);
        long position = parts.log().sync();
        parts.positions().write(fresh.worker().number(), batch, position, position);
        parts.positions().flush();
        fresh.membership().begin(fresh);
    }

    private void setAside(ActorId self, long end, StateBatch batch) {
        int actor = parts.actors().indexOf(self);
        Optional<List<Event>> own =
                new LogEvents(parts.log(), parts.actors())
                        .read(group.number(), actor, end, Dot.SEQUENCE_MAX, Long.MAX_VALUE);
        List<Event> events =
                own.orElse(List.of()).stream()
                        .filter(event -> !MemberChange.isMemberChange(event))
                        .toList();
        if (events.isEmpty()) {
            return;
        }
        LOG.warn(
                "{} events that no other region has are kept aside and written again",
                events.size());
        BatchWriter writer = new BatchWriter(parts.actors());
        events.forEach(event -> writer.add(group.id().scope(), group.id().shard(), event));
        try (BatchCompression compression = BatchCompression.zstd()) {
            batch.put(Table.META, asideKey(), writer.finish(compression));
        }
    }

    private byte[] asideKey() {
        return asideKey(group.id());
    }

    static byte[] asideKey(GroupId group) {
        return ("aside/" + group.shard() + "/" + group.scope()).getBytes(StandardCharsets.UTF_8);
    }

    /// The state has come: what was set aside is written again.
    void finish() {
        Optional<byte[]> kept = parts.state().get(Table.META, asideKey());
        if (kept.isPresent()) {
            writeAgain(kept.get());
        }
        group.reissued();
    }

    private void writeAgain(byte[] kept) {
        List<Event> events = new ArrayList<>();
        try (BatchDecompression decompression = new BatchDecompression(id -> Optional.empty())) {
            new BatchReader(decompression, parts.actors()::indexOf)
                    .read(kept, 0, kept.length, (scope, shard, event) -> events.add(event));
        }
        Reissue reissue = new Reissue(parts.actors().indexOf(group.replica().self()));
        Overruled overruled = new Overruled(group, parts);
        for (Event event : events) {
            if (group.seen().get(SeenEvents.Key.of(event)) == 0) {
                again(reissue, overruled, event);
            }
        }
        byte[] key = asideKey();
        group.whenDurable(
                new Acknowledgement() {
                    @Override
                    public void durable() {
                        parts.background()
                                .execute(() -> {
                                    StateBatch batch = new StateBatch();
                                    batch.delete(Table.META, key);
                                    parts.positions().writeBeside(batch);
                                });
                    }

                    @Override
                    public void failed(Problem problem) {
                        LOG.error(
                                "events that were set aside could not be written again; they stay"
                                        + " aside: {}",
                                problem.message());
                    }
                });
    }

    private void again(Reissue reissue, Overruled overruled, Event event) {
        for (Erasure erasure : group.replica().erasuresUnseenBy(event.context())) {
            if (!erasure.type().equals(event.type())) {
                continue;
            }
            if (erasure.documentId().equals(event.documentId())) {
                parts.metrics().absorbed();
                return;
            }
            if (!erasure.subject().isEmpty()) {
                // Whose the document is shows when the event is merged.
                group.fences().add(erasure.type(), erasure.subject(), erasure.dot());
            }
        }
        Event fresh =
                reissue.next(
                        event,
                        group.replica().nextSequence(),
                        group.replica().applied(),
                        group.replica().stripped());
        try {
            overruled.write(event, fresh);
        } catch (Problem problem) {
            LOG.error(
                    "event {} of {}/{} cannot be merged into the state that came: {}",
                    event.eventId(),
                    event.type(),
                    event.documentId(),
                    problem.message());
        }
    }
}
