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
    private final ChangeFeed feed;
    private final List<Event> recordEvents = new ArrayList<>();
    private List<ChangeFeed.Entry> changes = new ArrayList<>();
    private int actor = -1;
    private long first;
    private long last;
    private long position;
    private long begun = ChangeFeed.Turn.NOT_BEGUN;

    TurnLog(GroupId group, int number, EventLog log, ActorTable actors, ChangeFeed feed) {
        this.group = group;
        this.number = number;
        this.log = log;
        this.feed = feed;
        this.writer = new BatchWriter(actors);
    }

    void append(Event event) {
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
        recordEvents.add(event);
    }

    private void endRecord() {
        byte[] payload = writer.finish(compression);
        if (begun == ChangeFeed.Turn.NOT_BEGUN) {
            begun = log.appendedPosition();
            feed.begin(begun);
        }
        position = log.append(number, actor, first, last, payload, 0, payload.length);
        actor = -1;
        // Asked after the record has its position: who begins to watch later begins behind it.
        if (feed.isWatched()) {
            recordEvents.forEach(event -> changes.add(change(event)));
        }
        recordEvents.clear();
    }

    private ChangeFeed.Entry change(Event event) {
        return new ChangeFeed.Entry(
                position,
                new DocumentKey(event.type(), event.documentId()),
                event.eventId(),
                event.actor(),
                event.hlc());
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

    /// What was appended since the last call, to be published.
    ChangeFeed.Turn takeTurn() {
        ChangeFeed.Turn turn = new ChangeFeed.Turn(begun, changes);
        changes = new ArrayList<>();
        begun = ChangeFeed.Turn.NOT_BEGUN;
        return turn;
    }

    @Override
    public void close() {
        compression.close();
    }
}
