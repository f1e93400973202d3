package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Faults of links, made on purpose to see what a mesh does: in development only.
///
/// Faults apply to all links with a peer, those that are up and those to come, in either direction
/// of dialing. A cut holds what would be sent or delivered, as a network does that drops packets;
/// signs of life stop too, so the link goes down after its silence bound unless it is healed
/// before. Then nothing is lost. Thread-safe; takes effect at once.
public final class LinkFaults {
    private static final Duration DELAY_MAX = Duration.ofMinutes(1);
    private static final int PEERS_MAX = 100;

    /// As this node sees it.
    public enum Direction {
        IN,
        OUT
    }

    /// @param cut nothing passes
    /// @param delay by which each frame passes later
    /// @param jitter up to which a random time is added, keeping the order
    public record Fault(boolean cut, Duration delay, Duration jitter) {
        static final Fault NONE = new Fault(false, Duration.ZERO, Duration.ZERO);

        boolean delays() {
            return delay.isPositive() || jitter.isPositive();
        }

        long drawNanos(RandomGenerator random) {
            long most = jitter.toNanos();
            return delay.toNanos() + (most == 0 ? 0 : random.nextLong(most));
        }
    }

    /// @param closed links are closed and dialing is refused
    public record Faults(Fault in, Fault out, boolean closed) {
        static final Faults NONE = new Faults(Fault.NONE, Fault.NONE, false);

        /// Whether nothing passes in one direction at least, so that no question is answered.
        public boolean cut() {
            return closed || in.cut() || out.cut();
        }

        /// By which an answer to a question comes later.
        long drawRoundTripNanos(RandomGenerator random) {
            return in.drawNanos(random) + out.drawNanos(random);
        }
    }

    private final boolean allowed;
    private final RandomGenerator random;
    private final Map<RegionName, Faults> faults = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<RegionName, Faults> current = Map.of();

    /// @param development whether faults may be made at all
    /// @param random draws jitter; thread-safe
    public LinkFaults(boolean development, RandomGenerator random) {
        this.allowed = development;
        this.random = random;
    }

    /// Holds everything in a direction, as a black hole does.
    ///
    /// @throws Problem FORBIDDEN outside development
    public void cut(RegionName peer, Direction direction) {
        change(peer, direction, fault -> new Fault(true, fault.delay(), fault.jitter()));
    }

    /// Closes links with a peer and refuses new ones.
    ///
    /// @throws Problem FORBIDDEN outside development
    public void close(RegionName peer) {
        requireAllowed();
        synchronized (faults) {
            Faults old = of(peer);
            put(peer, new Faults(old.in(), old.out(), true));
        }
        tell();
    }

    /// Lets each frame pass later. The bounds of the link hold: what it may queue or hold also
    /// bounds what passes while the delay lasts.
    ///
    /// @throws Problem FORBIDDEN outside development, INVALID_VALUE for a negative time or more
    ///   than a minute
    public void delay(RegionName peer, Direction direction, Duration delay, Duration jitter) {
        if (delay.isNegative()
                || jitter.isNegative()
                || delay.plus(jitter).compareTo(DELAY_MAX) > 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a delay of "
                            + delay.toMillis()
                            + " ms and up to "
                            + jitter.toMillis()
                            + " ms more; allowed are 0 to "
                            + DELAY_MAX.toMillis()
                            + " ms together");
        }
        change(peer, direction, fault -> new Fault(fault.cut(), delay, jitter));
    }

    /// Ends all faults of a peer.
    public void heal(RegionName peer) {
        synchronized (faults) {
            put(peer, Faults.NONE);
        }
        tell();
    }

    public void healAll() {
        synchronized (faults) {
            faults.clear();
            current = Map.of();
        }
        tell();
    }

    /// The peers with faults.
    public Map<RegionName, Faults> all() {
        return current;
    }

    /// By how much something passes later.
    ///
    /// @return nanoseconds, drawn anew each time; 0 without a delay
    public long drawDelayNanos(RegionName peer, Direction direction) {
        Faults made = of(peer);
        return switch (direction) {
            case IN -> made.in().drawNanos(random);
            case OUT -> made.out().drawNanos(random);
        };
    }

    /// What is done to links with a peer.
    public Faults of(RegionName peer) {
        return current.getOrDefault(peer, Faults.NONE);
    }

    RandomGenerator random() {
        return random;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void forget(Runnable listener) {
        listeners.remove(listener);
    }

    private void change(RegionName peer, Direction direction, UnaryOperator<Fault> change) {
        requireAllowed();
        synchronized (faults) {
            Faults old = of(peer);
            put(
                    peer,
                    switch (direction) {
                        case IN -> new Faults(change.apply(old.in()), old.out(), old.closed());
                        case OUT -> new Faults(old.in(), change.apply(old.out()), old.closed());
                    });
        }
        tell();
    }

    private void put(RegionName peer, Faults changed) {
        if (changed.equals(Faults.NONE)) {
            faults.remove(peer);
        } else if (faults.size() < PEERS_MAX || faults.containsKey(peer)) {
            faults.put(peer, changed);
        } else {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "faults of more than " + PEERS_MAX + " peers; heal some first");
        }
        current = Map.copyOf(faults);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    private void requireAllowed() {
        if (!allowed) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "faults of links can be made in development only (links.development: true)");
        }
    }
}
