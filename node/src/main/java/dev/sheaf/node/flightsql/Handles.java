package dev.sheaf.node.flightsql;

import com.google.protobuf.ByteString;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Things that the node keeps for callers between two calls, under names that nobody guesses. Each
/// is its caller's alone and is forgotten when it has not been used for a while. For any thread.
final class Handles<T> {
    private static final int BYTES = 16;

    private record Held<T>(String owner, T thing, Instant until) {}

    private final String what;
    private final Duration life;
    private final int eachMax;
    private final SecureRandom random;
    private final Clock clock;
    private final Map<ByteString, Held<T>> held = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> counts = new HashMap<>();

    /// @param what they are, for people
    /// @param life after the last use
    /// @param eachMax how many one caller may have
    Handles(String what, Duration life, int eachMax, SecureRandom random, Clock clock) {
        this.what = what;
        this.life = life;
        this.eachMax = eachMax;
        this.random = random;
        this.clock = clock;
    }

    /// @throws Problem LIMIT_EXCEEDED when the caller has as many as may be
    synchronized ByteString keep(SqlCaller caller, T thing) {
        forgetOld();
        String owner = caller.identity();
        if (counts.getOrDefault(owner, 0) >= eachMax) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    "you have "
                            + eachMax
                            + " of "
                            + what
                            + " open, which is all one caller may have; close some");
        }
        byte[] name = new byte[BYTES];
        random.nextBytes(name);
        ByteString handle = ByteString.copyFrom(name);
        held.put(handle, new Held<>(owner, thing, until()));
        counts.merge(owner, 1, Integer::sum);
        return handle;
    }

    /// @throws Problem NOT_FOUND when there is none, or it is somebody else's
    synchronized T get(SqlCaller caller, ByteString handle) {
        forgetOld();
        Held<T> found = held.get(handle);
        if (found == null || !found.owner().equals(caller.identity())) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is none of "
                            + what
                            + " under this name of yours, or no longer: they are kept for "
                            + life
                            + " after their last use");
        }
        held.replace(handle, new Held<>(found.owner(), found.thing(), until()));
        return found.thing();
    }

    synchronized Optional<T> remove(SqlCaller caller, ByteString handle) {
        Held<T> found = held.get(handle);
        if (found == null || !found.owner().equals(caller.identity())) {
            return Optional.empty();
        }
        held.remove(handle);
        counts.computeIfPresent(found.owner(), (_, count) -> count == 1 ? null : count - 1);
        return Optional.of(found.thing());
    }

    private Instant until() {
        return clock.instant().plus(life);
    }

    /// The map has the longest unused first.
    private void forgetOld() {
        Instant now = clock.instant();
        java.util.Iterator<Held<T>> oldest = held.values().iterator();
        while (oldest.hasNext()) {
            Held<T> next = oldest.next();
            if (next.until().isAfter(now)) {
                return;
            }
            oldest.remove();
            counts.computeIfPresent(next.owner(), (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
