package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.sync.GroupId;

import java.util.ArrayList;
import java.util.List;

/// Writes a group's events to the log in the order they are merged: events of one actor that follow
/// each other in one turn share a record. For the group's thread.
final class TurnLog implements AutoCloseable {
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private final GroupId group;
    private final int number;
    private final EventLog log;
    private final BatchWriter writer;
    private final BatchCompression compression = BatchCompression.none();
    private final List<ChangeFeed.Entry> recordChanges = new ArrayList<>();
    private List<ChangeFeed.Entry> changes = new ArrayList<>();
    private int actor = -1;
    private long first;
    private long last;
    private long position;

    TurnLog(GroupId group, int number, EventLog log, ActorTable actors) {
        this.group = group;
        this.number = number;
        this.log = log;
        this.writer = new BatchWriter(actors);
    }

    /// @param watched whether the feed wants to hear of it
    void append(Event event, boolean watched) {
        boolean follows = event.actor() == actor && event.sequence() == last + 1;
        if (actor >= 0 && (!follows || writer.sizeEstimate() > RECORD_BYTES_MAX)) {
            endRecord();
        }
        if (actor < 0) {
            actor = event.actor();
            first = event.sequence();
        }
        last = event.lastSequence();
        writer.add(group.scope(), group.shard(), event);
        if (watched) {
            recordChanges.add(
                    new ChangeFeed.Entry(
                            0,
                            new DocumentKey(event.type(), event.documentId()),
                            event.eventId(),
                            event.actor(),
                            event.hlc()));
        }
    }

    private void endRecord() {
        byte[] payload = writer.finish(compression);
        position = log.append(number, actor, first, last, payload, 0, payload.length);
        actor = -1;
        for (ChangeFeed.Entry change : recordChanges) {
            changes.add(
                    new ChangeFeed.Entry(
                            position,
                            change.key(),
                            change.eventId(),
                            change.actor(),
                            change.hlc()));
        }
        recordChanges.clear();
    }

    /// Hands everything to the log.
    ///
    /// @return the position of the last record
    long endTurn() {
        if (actor >= 0) {
            endRecord();
        }
        return position;
    }

    /// What was appended since the last call, with positions.
    List<ChangeFeed.Entry> takeChanges() {
        List<ChangeFeed.Entry> taken = changes;
        changes = new ArrayList<>();
        return taken;
    }

    @Override
    public void close() {
        compression.close();
    }
}
