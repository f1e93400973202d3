package dev.sheaf.context.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The latest durable changes of this node, for those who watch; older ones are in the log.
/// Bounded. For any thread.
final class ChangeFeed {
    private static final int CHANGES_MAX = 16_384;

    /// One event that was merged.
    ///
    /// @param position of its record in the log
    /// @param actor the origin's index
    record Entry(long position, DocumentKey key, String eventId, int actor, long hlc) {}

    /// What one turn of a group has appended.
    ///
    /// @param begun what [#begin] was told
    record Turn(long begun, List<Entry> changes) {
        static final long NOT_BEGUN = -1;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /// The entries of each record, by its position.
    private final TreeMap<Long, List<Entry>> shown = new TreeMap<>();

    private int count;

    /// Where the turns began that are not durable yet, and how many at each place.
    private final TreeMap<Long, Integer> begun = new TreeMap<>();

    /// Durable before something that stands before them in the log.
    private final TreeMap<Long, List<Entry>> early = new TreeMap<>();

    private long droppedThrough;
    private volatile int watches;

    /// How often documents of each scope were replaced as a whole.
    private final Map<String, Integer> replacements = new ConcurrentHashMap<>();

    /// @param position up to where the log is durable now
    ChangeFeed(long position) {
        this.droppedThrough = position;
    }

    /// Whether anybody watches; nobody need prepare entries otherwise.
    boolean isWatched() {
        return watches > 0;
    }

    /// A watch begins.
    ///
    /// @param appended up to where the log was written; asked once it is known that there is a
    ///   watch
    void watching(LongSupplier appended) {
        lock.lock();
        try {
            watches++;
            if (watches == 1) {
                shown.clear();
                count = 0;
                early.clear();
                droppedThrough = Math.max(droppedThrough, appended.getAsLong());
            }
        } finally {
            lock.unlock();
        }
    }

    void gone() {
        lock.lock();
        try {
            watches--;
        } finally {
            lock.unlock();
        }
    }

    /// Documents of the scope came as a whole, and not by changes: who follows changes has to read
    /// them.
    void replaced(String scope) {
        replacements.merge(scope, 1, Integer::sum);
    }

    int replacements(String scope) {
        return replacements.getOrDefault(scope, 0);
    }

    /// A turn is about to append: until it publishes, nothing behind this position is shown, as
    /// another worker's turn may be durable first.
    ///
    /// @param appended up to where the log was written just before
    void begin(long appended) {
        lock.lock();
        try {
            begun.merge(appended, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /// A turn is durable.
    void publish(Turn turn) {
        lock.lock();
        try {
            for (Entry change : turn.changes()) {
                early.computeIfAbsent(change.position(), position -> new ArrayList<>()).add(change);
            }
            if (turn.begun() != Turn.NOT_BEGUN) {
                begun.computeIfPresent(
                        turn.begun(), (position, count) -> count == 1 ? null : count - 1);
            }
            show();
        } finally {
            lock.unlock();
        }
    }

    /// In the order of the log.
    private void show() {
        long through = begun.isEmpty() ? Long.MAX_VALUE : begun.firstKey();
        while (!early.isEmpty() && early.firstKey() <= through) {
            Map.Entry<Long, List<Entry>> record = early.pollFirstEntry();
            shown.put(record.getKey(), record.getValue());
            count += record.getValue().size();
            while (count > CHANGES_MAX && shown.size() > 1) {
                Map.Entry<Long, List<Entry>> oldest = shown.pollFirstEntry();
                count -= oldest.getValue().size();
                droppedThrough = Math.max(droppedThrough, oldest.getKey());
            }
            arrived.signalAll();
        }
    }

    /// What came after a position, about so many, whole records; waits for the first.
    ///
    /// @return null when the feed no longer goes back that far: read the log
    @org.jspecify.annotations.Nullable
    List<Entry> after(long position, int max, long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = waitNanos;
            while (true) {
                if (position < droppedThrough) {
                    return null;
                }
                List<Entry> found = new ArrayList<>();
                for (List<Entry> record : shown.tailMap(position, false).values()) {
                    if (found.size() >= max) {
                        break;
                    }
                    found.addAll(record);
                }
                if (!found.isEmpty() || left <= 0) {
                    return found;
                }
                left = arrived.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(60)));
            }
        } finally {
            lock.unlock();
        }
    }
}
