package dev.sheaf.bench.context.regions;

import dev.sheaf.client.LinkFault;
import dev.sheaf.client.LinkInfo;
import dev.sheaf.kernel.Problem;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// What happens to the regions while they are written to, in this order: a slow link, a kill, a
/// halt, a partition with a kill of a node on the other side in the midst of it, and another kill
/// soon after the partition has healed.
public final class Disturbance {
    private static final long HALT_MILLIS = 8_000;
    private static final long DOWN_MILLIS = 3_000;
    private static final long FRESH_MILLIS = 1_000;
    private static final long CATCH_UP_MILLIS_MAX = 30_000;

    private final LocalRegions regions;
    private final Witness witness;
    private final int seconds;
    private long began;

    /// @param seconds in all; the partition takes half of them, and 60 s at most
    public Disturbance(LocalRegions regions, Witness witness, int seconds) {
        this.regions = regions;
        this.witness = witness;
        this.seconds = seconds;
    }

    /// Returns when it is over; writers go on all the time.
    public void run() throws IOException, InterruptedException {
        began = System.nanoTime();
        String first = regions.names().get(0);
        String second = regions.names().get(1);
        String third = regions.names().get(2);
        until(0.03);
        say("link of " + first + " to " + third + " is slow: 150 to 250 ms");
        fault(first, third, LinkFault.delay(150, 100));
        until(0.06);
        kill(second);
        until(0.2);
        say(third + " halts for " + HALT_MILLIS + " ms");
        regions.signal(third, "STOP");
        Thread.sleep(HALT_MILLIS);
        regions.signal(third, "CONT");
        fault(first, third, LinkFault.heal());
        until(0.33);
        long cutNanos = System.nanoTime();
        say(first + " is cut off");
        fault(first, second, LinkFault.cut("both"));
        fault(first, third, LinkFault.cut("both"));
        until(0.5);
        kill(third);
        long cutMax = Math.min(60_000, seconds * 500L);
        Thread.sleep(Math.max(0, cutMax - (System.nanoTime() - cutNanos) / 1_000_000));
        fault(first, second, LinkFault.heal());
        fault(first, third, LinkFault.heal());
        long healed = System.nanoTime();
        say(first + " is connected again after " + (healed - cutNanos) / 1_000_000_000 + " s");
        awaitFresh(healed);
        kill(first);
        until(1.0);
    }

    private void kill(String region) throws IOException, InterruptedException {
        say(region + " is killed");
        regions.kill(region);
        Thread.sleep(DOWN_MILLIS);
        regions.up(false);
        say(region + " is up again");
    }

    private void fault(String from, String to, LinkFault fault) {
        regions.client(from).contexts().injectFault(to, fault);
    }

    private void awaitFresh(long sinceNanos) throws InterruptedException {
        long end = sinceNanos + CATCH_UP_MILLIS_MAX * 1_000_000;
        while (!isFresh()) {
            if (System.nanoTime() - end > 0) {
                witness.violation("not caught up " + CATCH_UP_MILLIS_MAX + " ms after healing");
                return;
            }
            Thread.sleep(20);
        }
        say(
                "all are less stale than %d ms towards each other %d ms after healing"
                        .formatted(FRESH_MILLIS, (System.nanoTime() - sinceNanos) / 1_000_000));
    }

    private boolean isFresh() {
        for (String region : regions.names()) {
            try {
                List<LinkInfo> links = regions.client(region).contexts().links();
                if (!links.stream()
                        .allMatch(link ->
                                link.stalenessMs().isPresent()
                                        && link.stalenessMs().getAsLong() < FRESH_MILLIS)) {
                    return false;
                }
            } catch (Problem away) {
                return false;
            }
        }
        return true;
    }

    private void until(double part) throws InterruptedException {
        long millis = (long) (seconds * 1_000L * part) - (System.nanoTime() - began) / 1_000_000;
        Thread.sleep(Math.max(0, millis));
    }

    private void say(String what) {
        System.out.println(
                String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - began) / 1e9, what));
    }
}
