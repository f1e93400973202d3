package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.Lane;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.CompressionDictionary;
import dev.sheaf.context.runtime.wire.FrameWriter;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What is to be sent to one peer. Messages are gathered until the most urgent one's lane is due,
/// and leave as one frame in their order; so a background event waits for company, and a critical
/// one takes along whatever waits.
///
/// Bounded: events on their way are bounded by the subscriptions' windows, and a peer whose link
/// takes nothing for so long that more than [#BYTES_MAX] gather loses the link; what it missed
/// comes from the log. Any thread may use it.
final class Outbox {
    static final int FRAME_BYTES = 256 << 10;
    static final long BYTES_MAX = 16 << 20;
    private static final long NEVER = Long.MAX_VALUE;

    private final LinkMeter meter;
    private final Predicate<String> held;
    private final Dictionaries dictionaries;
    private final ReentrantLock lock = new ReentrantLock();
    private final FrameWriter writer;
    private final BatchCompression compression = BatchCompression.zstd();
    private final Set<Integer> announced = new HashSet<>();

    /// Frames that the link had no room for, in their order: many small ones, so that the other end
    /// takes one in while the next is on its way.
    private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();

    private long unsentBytes;
    private @Nullable PeerLink link;
    private long dueNanos = NEVER;

    /// @param held whether nothing of a scope may be sent
    Outbox(ActorTable actors, Dictionaries dictionaries, LinkMeter meter, Predicate<String> held) {
        this.held = held;
        this.dictionaries = dictionaries;
        this.meter = meter;
        this.writer = new FrameWriter(actors);
    }

    /// @param lane how long it may wait for others
    void add(GroupId group, Message message, long nowNanos, Lane lane) {
        lock.lock();
        try {
            if (link == null || held.test(group.scope())) {
                return;
            }
            writer.add(group, message);
            dueNanos = Math.min(dueNanos, nowNanos + lane.window().toNanos());
            if (message instanceof Message.Events events) {
                meter.sending(events.events());
                dictionaries.sample(events.events());
            }
            if (writer.sizeEstimate() >= FRAME_BYTES) {
                flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Sends what is due.
    ///
    /// @return when it should be asked again, by the monotonic clock
    long flushDue(long nowNanos) {
        lock.lock();
        try {
            if (dueNanos <= nowNanos) {
                flush();
            }
            return dueNanos;
        } finally {
            lock.unlock();
        }
    }

    /// Sends over this link from now on, or over none. What was gathered for another is dropped.
    ///
    /// @param hello goes first
    void follow(@Nullable PeerLink current, byte[] hello) {
        lock.lock();
        try {
            if (Objects.equals(link, current)) {
                return;
            }
            clear();
            link = current;
            if (current != null) {
                send(hello);
            }
        } finally {
            lock.unlock();
        }
    }

    private void clear() {
        if (!writer.isEmpty()) {
            writer.finish(compression);
        }
        announced.clear();
        compression.useNone();
        unsent.clear();
        unsentBytes = 0;
        dueNanos = NEVER;
    }

    /// The link has room again.
    void writable() {
        lock.lock();
        try {
            sendUnsent();
            if (unsent.isEmpty()) {
                flush();
            }
        } finally {
            lock.unlock();
        }
    }

    private void flush() {
        dueNanos = NEVER;
        boolean waits = !unsent.isEmpty() && writer.sizeEstimate() < FRAME_BYTES;
        if (writer.isEmpty() || waits) {
            return;
        }
        chooseDictionary();
        int events = writer.eventCount();
        byte[] frame = writer.finish(compression);
        meter.sent(frame.length, events);
        send(frame);
        if (unsentBytes > BYTES_MAX && link != null) {
            link.close("it took nothing while " + BYTES_MAX + " bytes gathered");
        }
    }

    private void send(byte[] frame) {
        unsent.add(frame);
        unsentBytes += frame.length;
        sendUnsent();
    }

    private void sendUnsent() {
        while (!unsent.isEmpty() && link != null && link.send(unsent.getFirst())) {
            unsentBytes -= unsent.removeFirst().length;
        }
    }

    /// A dictionary travels before the first frame that needs it.
    private void chooseDictionary() {
        Optional<CompressionDictionary> dictionary = dictionaries.of(writer.firstType());
        if (writer.eventCount() == 0 || dictionary.isEmpty()) {
            compression.useNone();
            return;
        }
        CompressionDictionary chosen = dictionary.get();
        if (announced.contains(chosen.id())
                || (link != null && link.send(LinkFrames.dictionary(chosen)))) {
            announced.add(chosen.id());
            compression.use(chosen);
        } else {
            compression.useNone();
        }
    }

    long gatheredBytes() {
        lock.lock();
        try {
            return writer.sizeEstimate() + unsentBytes;
        } finally {
            lock.unlock();
        }
    }

    /// How urgent a message is in a group whose most urgent type is of this lane.
    static Lane laneOf(Message message, Lane groupLane) {
        if (message instanceof Message.Events events) {
            Lane most = Lane.BACKGROUND;
            for (Event event : events.events()) {
                if (event.lane().compareTo(most) < 0) {
                    most = event.lane();
                }
            }
            return most;
        }
        if (message instanceof Message.Acknowledge) {
            return Lane.IMPORTANT;
        }
        return groupLane == Lane.BACKGROUND ? Lane.IMPORTANT : groupLane;
    }
}
