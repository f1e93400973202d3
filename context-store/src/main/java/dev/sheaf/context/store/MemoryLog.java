package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.LogCatalog;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An [EventLog] in memory, for simulations and tests: it can [#crash()], which loses what was not
/// synced, and its disk can fail. Every record is a segment of its own when it is cut.
///
/// Safe for several threads; one lock, no background work.
public final class MemoryLog implements EventLog {
    private sealed interface Entry {
        long position();

        record Events(LogRecord log) implements Entry {
            @Override
            public long position() {
                return log.position();
            }
        }

        @SuppressWarnings("ArrayRecordComponent")
        record Meta(long position, String key, byte[] value) implements Entry {}

        record Restart(long position, StreamId stream, long nextSequence) implements Entry {}
    }

    private final List<Entry> entries = new ArrayList<>();
    private LogCatalog cutCatalog = new LogCatalog();
    private LogCatalog catalog = new LogCatalog();
    private long cutPosition;
    private long appendedPosition;
    private long syncedPosition;
    private boolean failing;
    private boolean failed;
    private boolean closed;

    /// Forgets everything that was not synced, as a process does that ends at once; the log then
    /// goes on as if it were opened again.
    public synchronized void crash() {
        entries.removeIf(entry -> entry.position() > syncedPosition);
        appendedPosition = syncedPosition;
        catalog = LogCatalog.parse(cutCatalog.toBytes());
        entries.forEach(entry -> note(catalog, entry));
        failing = false;
        failed = false;
        closed = false;
    }

    /// From now on the disk fails; the next sync, and with it the log, until it [#crash]es.
    public synchronized void failDisk() {
        failing = true;
    }

    @Override
    public synchronized long append(
            int group, int actor, long first, long last, byte[] payload, int offset, int length) {
        requireUsable();
        if (length > PAYLOAD_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "a record of " + length + " bytes; the log takes at most " + PAYLOAD_BYTES_MAX);
        }
        StreamId stream = new StreamId(group, actor);
        catalog.check(stream, first, last);
        byte[] copy = Arrays.copyOfRange(payload, offset, offset + length);
        return add(
                new Entry.Events(new LogRecord(appendedPosition + 1, stream, first, last, copy)));
    }

    @Override
    public synchronized long putMeta(String key, byte[] value) {
        requireUsable();
        catalog.checkMeta(key, value.length);
        return add(new Entry.Meta(appendedPosition + 1, key, value.clone()));
    }

    @Override
    public synchronized long restart(int group, int actor, long nextSequence) {
        requireUsable();
        StreamId stream = new StreamId(group, actor);
        catalog.checkRestart(stream, nextSequence);
        return add(new Entry.Restart(appendedPosition + 1, stream, nextSequence));
    }

    private long add(Entry entry) {
        entries.add(entry);
        note(catalog, entry);
        appendedPosition++;
        return appendedPosition;
    }

    private static void note(LogCatalog catalog, Entry entry) {
        switch (entry) {
            case Entry.Events(LogRecord log) ->
                    catalog.advance(log.stream(), log.firstSequence(), log.lastSequence());
            case Entry.Meta(long position, String key, byte[] value) -> catalog.putMeta(key, value);
            case Entry.Restart(long position, StreamId stream, long next) ->
                    catalog.restart(stream, next);
        }
    }

    @Override
    public synchronized Map<String, byte[]> meta() {
        return catalog.meta();
    }

    @Override
    public synchronized long sync() {
        requireUsable();
        if (failing) {
            failed = true;
        }
        requireUsable();
        syncedPosition = appendedPosition;
        return syncedPosition;
    }

    @Override
    public synchronized long appendedPosition() {
        return appendedPosition;
    }

    @Override
    public synchronized long syncedPosition() {
        return syncedPosition;
    }

    @Override
    public synchronized LogRead read(Map<StreamId, Long> fromSequences) {
        requireUsable();
        Map<StreamId, Long> cut = new HashMap<>();
        Map<StreamId, Long> lastsCut = cutCatalog.lasts();
        fromSequences.forEach((stream, from) -> {
            long available = Math.max(catalog.floor(stream), lastsCut.getOrDefault(stream, 0L) + 1);
            if (from < available) {
                cut.put(stream, available);
            }
        });
        if (!cut.isEmpty()) {
            return new LogRead.Cut(cut);
        }
        List<LogRecord> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Events(LogRecord log) && log.position() <= syncedPosition) {
                Long from = fromSequences.get(log.stream());
                if (from != null && log.lastSequence() >= from) {
                    found.add(log);
                }
            }
        }
        return new LogRead.Open(new ListCursor(found));
    }

    private static final class ListCursor implements LogCursor {
        private final List<LogRecord> records;
        private int next;

        private ListCursor(List<LogRecord> records) {
            this.records = records;
        }

        @Override
        public Optional<LogRecord> next() {
            return next < records.size()
                    ? Optional.of(copy(records.get(next++)))
                    : Optional.empty();
        }

        @Override
        public void close() {
            next = records.size();
        }
    }

    private static LogRecord copy(LogRecord log) {
        return new LogRecord(
                log.position(),
                log.stream(),
                log.firstSequence(),
                log.lastSequence(),
                log.payload().clone());
    }

    @Override
    public void replay(long fromPosition, RecordConsumer consumer) {
        List<LogRecord> found = new ArrayList<>();
        synchronized (this) {
            requireUsable();
            if (fromPosition < cutPosition || fromPosition > syncedPosition) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "the documents' state is at log position "
                                + fromPosition
                                + ", but the log has "
                                + (cutPosition + 1)
                                + " to "
                                + syncedPosition);
            }
            for (Entry entry : entries) {
                if (entry instanceof Entry.Events(LogRecord log)
                        && log.position() > fromPosition
                        && log.position() <= syncedPosition) {
                    found.add(copy(log));
                }
            }
        }
        found.forEach(consumer::accept);
    }

    @Override
    public synchronized Map<StreamId, Long> lastSequences() {
        return catalog.lasts();
    }

    @Override
    public synchronized int truncate(
            Map<StreamId, Long> releasedSequences, long checkpointPosition) {
        requireUsable();
        int count = 0;
        while (!entries.isEmpty()
                && entries.getFirst().position() <= Math.min(checkpointPosition, syncedPosition)
                && isReleased(entries.getFirst(), releasedSequences)) {
            Entry gone = entries.removeFirst();
            note(cutCatalog, gone);
            cutPosition = gone.position();
            count++;
        }
        return count;
    }

    private static boolean isReleased(Entry entry, Map<StreamId, Long> released) {
        return switch (entry) {
            case Entry.Events(LogRecord log) ->
                    log.lastSequence() <= released.getOrDefault(log.stream(), 0L);
            case Entry.Meta meta -> true;
            case Entry.Restart restart ->
                    restart.nextSequence() - 1 <= released.getOrDefault(restart.stream(), 0L);
        };
    }

    @Override
    public synchronized long scrub(RecordRewriter rewriter) {
        requireUsable();
        long replaced = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Entry.Events(LogRecord log)) {
                LogRecord shown = copy(log);
                byte[] kept = rewriter.rewrite(shown);
                if (kept != shown.payload()) {
                    replaced++;
                    entries.set(
                            i,
                            new Entry.Events(
                                    new LogRecord(
                                            log.position(),
                                            log.stream(),
                                            log.firstSequence(),
                                            log.lastSequence(),
                                            kept.clone())));
                }
            }
        }
        return replaced;
    }

    private void requireUsable() {
        if (failed) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "syncing the log in memory failed, as it was told to; nothing later counts as"
                            + " written");
        }
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed && !failed && !failing) {
            syncedPosition = appendedPosition;
        }
        closed = true;
    }
}
