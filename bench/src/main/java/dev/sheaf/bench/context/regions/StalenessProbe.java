package dev.sheaf.bench.context.regions;

import dev.sheaf.client.ContextDocument;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Reads writers' own documents in all regions and holds the staleness that the answers state
/// against the truth: what was acknowledged longer ago than that, by this process's own clock, must
/// be in the answer.
public final class StalenessProbe implements Runnable {
    private final LocalRegions regions;
    private final List<RegionWriter> writers;
    private final Witness witness;
    private final AtomicBoolean stopped;
    private final Random random;
    private final LongAdder served = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder failed = new LongAdder();

    public StalenessProbe(
            LocalRegions regions,
            List<RegionWriter> writers,
            Witness witness,
            AtomicBoolean stopped,
            long seed) {
        this.regions = regions;
        this.writers = List.copyOf(writers);
        this.witness = witness;
        this.stopped = stopped;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            while (!stopped.get()) {
                probe(
                        regions.names().get(random.nextInt(regions.names().size())),
                        writers.get(random.nextInt(writers.size())),
                        random.nextInt(4) == 0 ? "1h" : "1s");
                Thread.sleep(30);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe(String region, RegionWriter writer, String bound) {
        long began = System.nanoTime();
        try {
            ContextDocument document =
                    regions.client(region)
                            .contexts()
                            .read(
                                    new ContextKey(RegionWriter.TYPE, writer.ownDocument()),
                                    new ContextRead(
                                            Optional.of(bound),
                                            Optional.of("0s"),
                                            Optional.empty(),
                                            Optional.empty(),
                                            false));
            served.increment();
            if (document.stalenessMs().isEmpty()) {
                return;
            }
            // Whole milliseconds are told: one more is allowed for.
            long stalenessNanos =
                    TimeUnit.MILLISECONDS.toNanos(document.stalenessMs().getAsLong() + 1);
            long owed = writer.acknowledgedBefore(began - stalenessNanos);
            long seen = new Shown(document.value()).version(writer.ownDocument().substring(4));
            if (seen < owed) {
                witness.violation(
                        "%s says it is %d ms stale and shows number %d of %s, written in %s; number %d was acknowledged before that"
                                .formatted(
                                        region,
                                        document.stalenessMs().getAsLong(),
                                        seen,
                                        writer.ownDocument(),
                                        writer.region(),
                                        owed));
            }
        } catch (Problem problem) {
            if (problem.code() == ProblemCode.STALE) {
                stale.increment();
            } else {
                failed.increment();
            }
        }
    }

    /// In one line.
    public String summary() {
        return "%,d reads served and held against the truth, %,d refused as too stale, %,d without answer"
                .formatted(served.sum(), stale.sum(), failed.sum());
    }
}
