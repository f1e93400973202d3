package dev.sheaf.bench.peers.pekko;

import org.apache.pekko.actor.ActorRef;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/// Writes one member's third of the keys, one after the other, at a given rate; a value is the
/// moment of its writing. One thread uses it.
final class Writer {
    private final int number;
    private final ActorRef replica;
    private final long[] written = new long[PekkoMember.KEYS];
    private int next;

    Writer(int number, ActorRef replica) {
        this.number = number;
        this.replica = replica;
        this.next = number;
    }

    /// Microseconds of the machine's clock, which all processes share.
    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /// Gives each of its keys a first value.
    ///
    /// @return as [#write(int, Duration)]
    String fill() {
        for (int key = number; key < written.length; key += PekkoMember.MEMBERS) {
            write(key);
            LockSupport.parkNanos(2_000_000);
        }
        return report(written.length / PekkoMember.MEMBERS);
    }

    /// @return how many it wrote and the sum of its keys' newest values
    String write(int perSecond, Duration duration) {
        long begin = System.nanoTime();
        long count = perSecond * duration.toSeconds();
        for (long i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            write(next);
            next += PekkoMember.MEMBERS;
            if (next >= written.length) {
                next = number;
            }
        }
        return report(count);
    }

    private void write(int key) {
        long now = Math.max(micros(), written[key] + 1);
        written[key] = now;
        replica.tell(new Replica.Write(key, now), ActorRef.noSender());
    }

    private String report(long count) {
        long sum = 0;
        for (long value : written) {
            sum += value;
        }
        return count + " " + sum;
    }
}
