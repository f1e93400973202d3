package dev.sheaf.context.store;

import dev.sheaf.context.store.internal.ActiveSegment;
import dev.sheaf.context.store.internal.Disk;
import dev.sheaf.context.store.internal.IndexCache;
import dev.sheaf.context.store.internal.LogCatalog;
import dev.sheaf.context.store.internal.RecordHeader;
import dev.sheaf.context.store.internal.RecordType;
import dev.sheaf.context.store.internal.Scrubber;
import dev.sheaf.context.store.internal.Segment;
import dev.sheaf.context.store.internal.SegmentCursor;
import dev.sheaf.context.store.internal.SegmentFolder;
import dev.sheaf.context.store.internal.SegmentHeader;
import dev.sheaf.context.store.internal.TailRecovery;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// An [EventLog] in files of a folder, specified in `spec/context-log.md`.
///
/// Opening reads the last segment whole and of the others only their heads; damage in an older
/// segment is found when that part is read. Memory does not grow with the log: each segment takes a
/// few numbers per stream.
///
/// Three locks, always taken in this order: maintenance (cutting, scrubbing, copying), writing (the
/// file), append (the buffer). Appending goes on while a sync runs, until the buffer is full.
public final class SegmentLog implements EventLog {
    private final SegmentLogOptions options;
    private final SegmentFolder folder;
    private final RandomGenerator random;
    private final IndexCache indexes = new IndexCache();
    private final ReentrantLock maintenanceLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();
    private final ReentrantLock appendLock = new ReentrantLock();
    private final LogCatalog catalog;
    private final Optional<TornTail> tornTail;
    private volatile List<Segment> segments;
    private ActiveSegment active;
    private volatile long appendedPosition;
    private volatile long syncedPosition;
    private volatile @Nullable Problem failure;
    private volatile boolean closed;

    private SegmentLog(
            SegmentLogOptions options,
            SegmentFolder folder,
            RandomGenerator random,
            List<Segment> segments,
            TailRecovery recovery) {
        this.options = options;
        this.folder = folder;
        this.random = random;
        this.segments = List.copyOf(segments);
        this.catalog = recovery.catalog();
        this.active = recovery.active();
        this.tornTail = recovery.torn();
        this.appendedPosition = recovery.lastPosition();
        this.syncedPosition = recovery.lastPosition();
        indexes.activate(active.segment().header(), active.index());
    }

    /// Opens a log, or begins one in an empty folder.
    ///
    /// @param random for the segments' salts; it has to be unpredictable to whoever writes events
    /// @throws Problem STORAGE_FAILED when the disk fails or the log is damaged; CONFLICT when it
    ///   is open already; INVALID_CONFIGURATION when it is another node's
    public static SegmentLog open(SegmentLogOptions options, RandomGenerator random) {
        return open(options, random, new Disk());
    }

    static SegmentLog open(SegmentLogOptions options, RandomGenerator random, Disk disk) {
        try {
            SegmentFolder folder = new SegmentFolder(options.folder(), disk);
            try {
                return open(options, random, folder);
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw Disk.failed("opening the log in", options.folder(), e);
        }
    }

    private static SegmentLog open(
            SegmentLogOptions options, RandomGenerator random, SegmentFolder folder)
            throws IOException {
        List<Segment> segments = new ArrayList<>(folder.segments(options.owner()));
        TailRecovery recovery;
        if (segments.isEmpty()) {
            LogCatalog catalog = new LogCatalog();
            SegmentHeader header = new SegmentHeader(random.nextLong(), 1, 0, 0, options.owner());
            ActiveSegment first =
                    folder.create(
                            header, catalog, options.segmentBytes(), 0, options.bufferBytes());
            segments.add(first.segment());
            recovery = new TailRecovery(first, catalog, 0, Optional.empty());
        } else {
            recovery =
                    TailRecovery.run(
                            folder,
                            segments.getLast(),
                            options.segmentBytes(),
                            options.bufferBytes());
        }
        return new SegmentLog(options, folder, random, segments, recovery);
    }

    /// What was cut when the log was opened, for the node to report.
    public Optional<TornTail> tornTail() {
        return tornTail;
    }

    /// How many segment files there are.
    public int segmentCount() {
        return segments.size();
    }

    @Override
    public long append(
            int group, int actor, long first, long last, byte[] payload, int offset, int length) {
        if (length > PAYLOAD_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "a record of " + length + " bytes; the log takes at most " + PAYLOAD_BYTES_MAX);
        }
        StreamId stream = new StreamId(group, actor);
        appendLock.lock();
        try {
            makeRoom(length);
            catalog.check(stream, first, last);
            long place = put(RecordType.EVENTS, group, actor, first, last, payload, offset, length);
            catalog.advance(stream, first, last);
            active.index().add(stream, first, place, appendedPosition, RecordHeader.sizeOf(length));
            return appendedPosition;
        } finally {
            appendLock.unlock();
        }
    }

    @Override
    public long putMeta(String key, byte[] value) {
        byte[] payload = LogCatalog.metaPayload(key, value);
        appendLock.lock();
        try {
            makeRoom(payload.length);
            catalog.checkMeta(key, value.length);
            put(RecordType.META, 0, 0, 0, 0, payload, 0, payload.length);
            catalog.putMeta(key, value.clone());
            return appendedPosition;
        } finally {
            appendLock.unlock();
        }
    }

    @Override
    public long restart(int group, int actor, long nextSequence) {
        StreamId stream = new StreamId(group, actor);
        appendLock.lock();
        try {
            makeRoom(0);
            catalog.checkRestart(stream, nextSequence);
            put(RecordType.RESTART, group, actor, nextSequence, nextSequence, new byte[0], 0, 0);
            catalog.restart(stream, nextSequence);
            return appendedPosition;
        } finally {
            appendLock.unlock();
        }
    }

    private long put(
            RecordType type,
            int group,
            int actor,
            long first,
            long last,
            byte[] payload,
            int offset,
            int length) {
        long position = appendedPosition + 1;
        long place =
                active.put(
                        type,
                        position,
                        position - syncedPosition,
                        group,
                        actor,
                        first,
                        last,
                        payload,
                        offset,
                        length);
        setAppendedPosition(position);
        return place;
    }

    /// Written under the append lock only; volatile for those who just look.
    private void setAppendedPosition(long position) {
        appendedPosition = position;
    }

    /// Under the append lock, which it gives up in between: returns when the record fits into the
    /// segment and the buffer.
    private void makeRoom(int payloadLength) {
        requireUsable();
        int bytes = RecordHeader.sizeOf(payloadLength);
        while (!active.holds(bytes) || !active.buffers(bytes)) {
            appendLock.unlock();
            writeLock.lock();
            appendLock.lock();
            try {
                requireUsable();
                if (!active.holds(bytes)) {
                    roll(bytes);
                } else {
                    active.write(active.take());
                }
                active.widen(bytes);
            } catch (IOException e) {
                throw fail("writing", active.segment().file(), e);
            } finally {
                writeLock.unlock();
            }
        }
    }

    /// Under both locks: closes the segment, durably, and begins the next.
    private void roll(int room) throws IOException {
        active.write(active.take());
        active.seal();
        syncedPosition = appendedPosition;
        SegmentHeader header =
                new SegmentHeader(
                        random.nextLong(),
                        appendedPosition + 1,
                        active.segment().firstPosition(),
                        0,
                        options.owner());
        active =
                folder.create(header, catalog, options.segmentBytes(), room, options.bufferBytes());
        indexes.activate(header, active.index());
        List<Segment> longer = new ArrayList<>(segments);
        longer.add(active.segment());
        segments = List.copyOf(longer);
    }

    @Override
    public long sync() {
        writeLock.lock();
        try {
            writeAll();
            return syncedPosition;
        } finally {
            writeLock.unlock();
        }
    }

    /// Under the writing lock.
    ///
    /// @return where the active segment's records end
    private long writeAll() {
        ActiveSegment.Batch batch;
        long target;
        appendLock.lock();
        try {
            requireUsable();
            batch = active.take();
            target = appendedPosition;
        } finally {
            appendLock.unlock();
        }
        try {
            active.write(batch);
            if (target > syncedPosition) {
                active.sync();
            }
        } catch (IOException e) {
            throw fail("syncing", active.segment().file(), e);
        }
        syncedPosition = target;
        return batch.end();
    }

    @Override
    public long appendedPosition() {
        return appendedPosition;
    }

    @Override
    public long syncedPosition() {
        return syncedPosition;
    }

    @Override
    public Map<String, byte[]> meta() {
        appendLock.lock();
        try {
            return catalog.meta();
        } finally {
            appendLock.unlock();
        }
    }

    @Override
    public Map<StreamId, Long> lastSequences() {
        appendLock.lock();
        try {
            return catalog.lasts();
        } finally {
            appendLock.unlock();
        }
    }

    @Override
    public LogRead read(Map<StreamId, Long> fromSequences) {
        Map<StreamId, Long> cut = new HashMap<>();
        Map<StreamId, Long> from = Map.copyOf(fromSequences);
        appendLock.lock();
        try {
            requireUsable();
            List<Segment> all = segments;
            int start = all.size() - 1;
            for (Map.Entry<StreamId, Long> entry : from.entrySet()) {
                StreamId stream = entry.getKey();
                long available =
                        Math.max(catalog.floor(stream), all.getFirst().lastBefore(stream) + 1);
                if (entry.getValue() < available) {
                    cut.put(stream, available);
                }
                while (start > 0 && all.get(start).lastBefore(stream) >= entry.getValue()) {
                    start--;
                }
            }
            if (!cut.isEmpty()) {
                return new LogRead.Cut(cut);
            }
            return new LogRead.Open(
                    new SegmentCursor(
                            folder,
                            all.subList(start, all.size()),
                            new SegmentCursor.Wanted.Streams(from),
                            indexes,
                            syncedPosition));
        } finally {
            appendLock.unlock();
        }
    }

    @Override
    public void replay(long fromPosition, RecordConsumer consumer) {
        requireUsable();
        long limit = syncedPosition;
        List<Segment> all = segments;
        if (fromPosition < all.getFirst().firstPosition() - 1 || fromPosition > limit) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the documents' state is at log position "
                            + fromPosition
                            + ", but the log in "
                            + options.folder()
                            + " has "
                            + all.getFirst().firstPosition()
                            + " to "
                            + limit
                            + ": state and log do not belong together. Restore both from"
                            + " one checkpoint");
        }
        try (SegmentCursor cursor =
                new SegmentCursor(
                        folder,
                        all,
                        new SegmentCursor.Wanted.Above(fromPosition),
                        indexes,
                        limit)) {
            for (Optional<LogRecord> record = cursor.next();
                    record.isPresent();
                    record = cursor.next()) {
                consumer.accept(record.get());
            }
        }
    }

    @Override
    public int truncate(Map<StreamId, Long> releasedSequences, long checkpointPosition) {
        maintenanceLock.lock();
        try {
            requireUsable();
            List<Segment> all = segments;
            int keptFrom = 0;
            while (keptFrom + 1 < all.size()
                    && isReleased(
                            all.get(keptFrom),
                            all.get(keptFrom + 1),
                            releasedSequences,
                            checkpointPosition)) {
                keptFrom++;
            }
            drop(keptFrom);
            for (Segment segment : all.subList(0, keptFrom)) {
                folder.delete(segment);
            }
            return keptFrom;
        } catch (IOException e) {
            throw Disk.failed("cutting the log in", options.folder(), e);
        } finally {
            maintenanceLock.unlock();
        }
    }

    private static boolean isReleased(
            Segment segment, Segment next, Map<StreamId, Long> released, long checkpoint) {
        return next.firstPosition() - 1 <= checkpoint
                && next.lastsBefore().isReleasedSince(segment.lastsBefore(), released);
    }

    private void drop(int count) {
        appendLock.lock();
        try {
            segments = segments.subList(count, segments.size());
        } finally {
            appendLock.unlock();
        }
    }

    @Override
    public long scrub(RecordRewriter rewriter) {
        maintenanceLock.lock();
        try {
            List<Segment> closedSegments = closeActive();
            long replaced = 0;
            for (Segment segment : closedSegments) {
                try (Scrubber scrubber = new Scrubber(folder, segment)) {
                    replace(segment, scrubber.run(rewriter));
                    replaced += scrubber.replaced();
                }
            }
            return replaced;
        } catch (IOException e) {
            throw Disk.failed("scrubbing the log in", options.folder(), e);
        } finally {
            maintenanceLock.unlock();
        }
    }

    /// Begins a new segment if the active one has records.
    ///
    /// @return all others
    private List<Segment> closeActive() {
        writeLock.lock();
        appendLock.lock();
        try {
            requireUsable();
            if (appendedPosition >= active.segment().firstPosition()) {
                roll(0);
            }
            return segments.subList(0, segments.size() - 1);
        } catch (IOException e) {
            throw fail("writing", active.segment().file(), e);
        } finally {
            appendLock.unlock();
            writeLock.unlock();
        }
    }

    private void replace(Segment old, Segment rewritten) {
        appendLock.lock();
        try {
            List<Segment> changed = new ArrayList<>(segments);
            changed.replaceAll(segment ->
                    segment.firstPosition() == old.firstPosition() ? rewritten : segment);
            segments = List.copyOf(changed);
        } finally {
            appendLock.unlock();
        }
    }

    /// Puts a copy of the synced log into a folder that is there: closed segments as hard links
    /// where the file system can, the last one copied. Appending goes on.
    ///
    /// @return the position up to which the copy has records
    long copyTo(Path target) throws IOException {
        maintenanceLock.lock();
        try {
            List<Segment> all;
            long end;
            long position;
            writeLock.lock();
            try {
                end = writeAll();
                all = segments;
                position = syncedPosition;
            } finally {
                writeLock.unlock();
            }
            SegmentFolder.copySegments(all, end, target);
            return position;
        } finally {
            maintenanceLock.unlock();
        }
    }

    private void requireUsable() {
        Problem known = failure;
        if (known != null) {
            throw new Problem(known.code(), known.message(), known.details(), known);
        }
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
    }

    private Problem fail(String what, Path file, IOException cause) {
        Problem problem = Disk.failed(what, file, cause);
        if (failure == null) {
            failure = problem;
        }
        return problem;
    }

    @Override
    public void close() {
        maintenanceLock.lock();
        writeLock.lock();
        try (SegmentFolder releasing = folder) {
            if (closed) {
                return;
            }
            if (failure == null) {
                mark();
            }
            closed = true;
            active.abandon();
        } catch (IOException e) {
            throw Disk.failed("closing", options.folder(), e);
        } finally {
            writeLock.unlock();
            maintenanceLock.unlock();
        }
    }

    /// Ends the file with the word that everything before is synced.
    private void mark() throws IOException {
        writeAll();
        int bytes = RecordHeader.sizeOf(0);
        appendLock.lock();
        try {
            if (active.holds(bytes) && active.buffers(bytes)) {
                active.put(RecordType.SYNCED, syncedPosition, 0, 0, 0, 0, 0, new byte[0], 0, 0);
                active.write(active.take());
                active.sync();
            }
        } finally {
            appendLock.unlock();
        }
    }
}
