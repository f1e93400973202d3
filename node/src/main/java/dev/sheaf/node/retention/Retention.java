package dev.sheaf.node.retention;

import dev.sheaf.client.ErasedStore;
import dev.sheaf.client.RetentionRun;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.RowLifetime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Removal;
import dev.sheaf.product.erase.Eraser;
import dev.sheaf.product.erase.RemovalOrder;
import dev.sheaf.product.erase.RemovalStep;
import dev.sheaf.product.erase.RowSelection;
import dev.sheaf.product.erase.RowsGone;
import dev.sheaf.product.erase.Selection;
import dev.sheaf.product.publish.RunIds;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Removes what is older than the products' contracts allow, now and then by itself. Each product
/// by itself: one that fails hides nothing of the others, and is tried again with the next run. For
/// any thread; one run at a time. Nodes that share a catalog may run at once: what one has removed
/// is not there for the other, and who commits second on a product leaves it for the next time.
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Principal ITSELF =
            new Principal("retention", "", Set.of(), Set.of(), Set.of());

    private final Ledger ledger;
    private final Eraser eraser;
    private final RunRegistry runs;
    private final RetentionMark mark;
    private final Audit audit;
    private final RunIds ids;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong rowsRemoved = new AtomicLong();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("retention").factory());

    /// @param file where the last run is kept
    public Retention(
            Ledger ledger,
            Eraser eraser,
            RunRegistry runs,
            Path file,
            Audit audit,
            RunIds ids,
            Clock clock) {
        this.ledger = ledger;
        this.eraser = eraser;
        this.runs = runs;
        this.mark = new RetentionMark(file);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /// Begins to run by itself, the first time ten minutes from now or after one interval.
    ///
    /// @param interval zero for never
    public void start(Duration interval) {
        if (interval.isPositive()) {
            Duration first = interval.compareTo(FIRST) < 0 ? interval : FIRST;
            timer.scheduleWithFixedDelay(
                    this::runByItself,
                    first.toMillis(),
                    interval.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void runByItself() {
        try {
            run("", ITSELF, false, false);
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.error("retention did not run: {}", e.getMessage(), e);
        }
    }

    /// Removes what is too old, or looks. Waits for the end.
    ///
    /// @throws Problem CONFLICT when the clock is not believed, BUSY while another run goes on
    public RetentionRun run(
            String requestId, Principal caller, boolean isDryRun, boolean acceptClock) {
        if (!turn.tryLock()) {
            throw new Problem(ProblemCode.BUSY, "a retention run goes on; wait for its end");
        }
        try {
            Instant now = clock.instant();
            Optional<String> refusal = acceptClock ? Optional.empty() : mark.refusal(now);
            if (refusal.isPresent()) {
                record(requestId, caller, Audit.Outcome.FAILED, Map.of("refused", refusal.get()));
                throw new Problem(ProblemCode.CONFLICT, refusal.get());
            }
            RetentionRun run = new RetentionRun(now, isDryRun, products(now, isDryRun, caller));
            if (!isDryRun) {
                mark.set(run);
                ended(requestId, caller, run);
            }
            return run;
        } finally {
            turn.unlock();
        }
    }

    private List<ErasedStore> products(Instant now, boolean isDryRun, Principal caller) {
        List<ErasedStore> done = new ArrayList<>();
        for (ProductSpec spec : ledger.products()) {
            RowLifetime lifetime = RowLifetime.of(spec.table());
            if (lifetime.retentionDays().isPresent()) {
                Instant cutoff = now.minus(Duration.ofDays(lifetime.retentionDays().getAsInt()));
                Selection selection =
                        lifetime.retentionColumn()
                                .map(ColumnContract::name)
                                .<Selection>map(name -> new RowSelection.Before(name, cutoff))
                                .orElseGet(() -> new Selection.ReleasesBefore(cutoff));
                done.add(product(spec, selection, isDryRun, caller));
            }
        }
        return done;
    }

    private ErasedStore product(
            ProductSpec spec, Selection selection, boolean isDryRun, Principal caller) {
        RemovalOrder order =
                new RemovalOrder(
                        "retention-" + ids.next(),
                        spec.name(),
                        selection,
                        Removal.Kind.RETENTION,
                        caller.subject());
        try {
            RowsGone gone =
                    isDryRun
                            ? eraser.look(order)
                            : runs.exclusively(
                                    spec.name(), () -> eraser.erase(order, RemovalStep.SILENT));
            rowsRemoved.addAndGet(isDryRun ? 0 : gone.rows());
            return store(spec, Optional.empty(), gone);
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.error("what is too old of {} could not be removed", spec.name(), e);
            String why =
                    e instanceof Problem problem
                            ? problem.code() + ": " + problem.message()
                            : ProblemCode.INTERNAL + ": " + e.getClass().getSimpleName();
            return store(spec, Optional.of(why), nothing(spec));
        }
    }

    private static RowsGone nothing(ProductSpec spec) {
        return new RowsGone(
                spec.name(),
                0,
                OptionalLong.empty(),
                List.of(),
                0,
                0,
                0,
                Optional.empty(),
                List.of());
    }

    private static ErasedStore store(ProductSpec spec, Optional<String> problem, RowsGone gone) {
        return new ErasedStore(
                "product",
                spec.name().toString(),
                problem,
                gone.rows(),
                gone.release(),
                gone.releasesGone(),
                gone.rejectedRows(),
                gone.files(),
                gone.bytes(),
                gone.digest().map(Sha256::hex),
                gone.resumed());
    }

    private void ended(String requestId, Principal caller, RetentionRun run) {
        boolean isWhole = run.stores().stream().allMatch(store -> store.problem().isEmpty());
        record(
                requestId,
                caller,
                isWhole ? Audit.Outcome.DONE : Audit.Outcome.FAILED,
                Map.of("at", run.at().toString(), "stores", run.stores()));
    }

    private void record(
            String requestId, Principal caller, Audit.Outcome outcome, Map<String, ?> facts) {
        audit.record(requestId, caller, "retention.run", "*", outcome, facts);
    }

    Optional<RetentionRun> last() {
        return mark.last();
    }

    Optional<String> refusal() {
        return mark.refusal(clock.instant());
    }

    /// Runs and products that failed since the start.
    public long failures() {
        return failures.get();
    }

    /// Rows that went since the start.
    public long rowsRemoved() {
        return rowsRemoved.get();
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(FIRST.toMinutes(), TimeUnit.SECONDS)) {
                LOG.warn("a retention run goes on while the node stops; the next one finishes it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
