package dev.sheaf.product.publish;

import dev.sheaf.engine.Engine;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.Run.State;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Publishes files as releases of data products. Safe for use by many threads; publishes of one
/// product wait for each other in the order of their calls, those of different products do not.
///
/// A release is there whole or not at all. After a crash [#recover()] (called by the node at its
/// start, and for its own product by every publish) finds each unfinished run's snapshot, and then
/// records the release, or none, and then deletes what the run has written.
public final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Engine engine;
    private final Lake lake;
    private final Ledger ledger;
    private final Path scratch;
    private final String storeRoot;
    private final PublishLimits limits;
    private final Clock clock;
    private final ProductLocks locks = new ProductLocks();
    private final Map<String, PublishRun> running = new ConcurrentHashMap<>();

    /// @param scratch an existing folder of the publisher's own; what lies in it is deleted
    /// @param storeRoot where tables of products without a location of their own lie, without `/`
    ///   at its end
    public Publisher(
            Engine engine,
            Lake lake,
            Ledger ledger,
            Path scratch,
            String storeRoot,
            PublishLimits limits,
            Clock clock) {
        this.engine = engine;
        this.lake = lake;
        this.ledger = ledger;
        this.scratch = scratch.toAbsolutePath().normalize();
        this.storeRoot = storeRoot;
        this.limits = limits;
        this.clock = clock;
    }

    /// Publishes and waits for the end. A refusal, by quality or by the gate, is an outcome of the
    /// report and no exception.
    ///
    /// @param gate decides whether what passed the checks becomes a release
    /// @throws Problem NOT_FOUND (no such product or input), UNREADABLE_INPUT, INVALID_CONTRACT,
    ///   SQL_NOT_ALLOWED, CANCELLED, STORAGE_FAILED, LIMIT_EXCEEDED, UNAVAILABLE, BUSY; the last
    ///   release then stays and nothing of the run remains but its record
    public PublishReport publish(
            PublishRequest request, PublishListener listener, ReleaseGate gate) {
        return publish(request, listener, gate, DistantReleases.NONE);
    }

    /// The same where rules may read products that are at home elsewhere.
    ///
    /// @throws Problem as the other does, and what `distant` throws
    public PublishReport publish(
            PublishRequest request,
            PublishListener listener,
            ReleaseGate gate,
            DistantReleases distant) {
        ReentrantLock lock = locks.of(request.product());
        lock.lock();
        try {
            ProductSpec spec = product(request.product());
            recover(request.product());
            return publish(spec, request, listener, gate, distant);
        } finally {
            lock.unlock();
        }
    }

    /// Does something with a product while nothing is published to it: what a dead process left
    /// behind of it is settled before.
    ///
    /// @throws Problem NOT_FOUND when there is no such product
    public <T> T exclusively(ProductName name, Function<ProductSpec, T> work) {
        ReentrantLock lock = locks.of(name);
        lock.lock();
        try {
            ProductSpec spec = product(name);
            recover(name);
            return work.apply(spec);
        } finally {
            lock.unlock();
        }
    }

    private ProductSpec product(ProductName name) {
        return ledger.product(name)
                .orElseThrow(
                        () -> new Problem(ProblemCode.NOT_FOUND, "there is no product " + name));
    }

    private PublishReport publish(
            ProductSpec spec,
            PublishRequest request,
            PublishListener listener,
            ReleaseGate gate,
            DistantReleases distant) {
        Path folder = scratch.resolve(request.runId());
        PublishRun run =
                new PublishRun(
                        engine,
                        lake,
                        ledger,
                        clock,
                        limits,
                        spec,
                        location(spec),
                        request,
                        listener,
                        gate,
                        distant,
                        folder);
        if (running.putIfAbsent(request.runId(), run) != null) {
            throw new Problem(
                    ProblemCode.CONFLICT, "run " + request.runId() + " is under way already");
        }
        try {
            Files.createDirectories(folder);
            return run.execute();
        } catch (IOException | RuntimeException | StackOverflowError | InternalError e) {
            Problem problem = Failures.problem(e);
            fail(run, problem);
            throw problem;
        } finally {
            running.remove(request.runId());
            sweep(folder);
        }
    }

    /// Where a product's table lies.
    public String location(ProductSpec spec) {
        return spec.location()
                .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .orElse(storeRoot + "/" + spec.name().domain() + "/" + spec.name().name());
    }

    /// Asks a publish to end; it does so within seconds, and throws CANCELLED from [#publish]. No
    /// effect when it is not running, or has committed already.
    public void cancel(String runId) {
        Optional.ofNullable(running.get(runId)).ifPresent(PublishRun::cancel);
    }

    /// The publish must not fail a second time because clearing up fails: the next recovery does it
    /// then.
    private void fail(PublishRun run, Problem problem) {
        if (!ledgerKnows(run)) {
            return;
        }
        try {
            settle(ledger.run(run.run().id()).orElse(run.run()), Optional.of(problem));
        } catch (RuntimeException e) {
            LOG.warn("run {} could not be settled and is left to recovery", run.run().id(), e);
        }
    }

    private boolean ledgerKnows(PublishRun run) {
        try {
            return ledger.run(run.run().id())
                    .filter(known -> known.state() == State.PREPARED)
                    .isPresent();
        } catch (RuntimeException e) {
            LOG.warn("the ledger does not answer for run {}", run.run().id(), e);
            return false;
        }
    }

    private static void sweep(Path folder) {
        try {
            PublishRun.deleteTree(folder);
        } catch (IOException e) {
            LOG.warn("scratch folder {} could not be deleted", folder, e);
        }
    }

    /// Settles every run that a dead process left behind, and empties the scratch folder of what no
    /// running publish owns. To be called once at start, before publishes.
    ///
    /// @return the runs that were settled
    public List<Run> recover() {
        List<Run> settled = new ArrayList<>();
        for (Run run : ledger.unfinishedRuns()) {
            ReentrantLock lock = locks.of(run.product());
            lock.lock();
            try {
                if (!running.containsKey(run.id())) {
                    settled.add(settle(run, Optional.empty()));
                }
            } finally {
                lock.unlock();
            }
        }
        try (java.util.stream.Stream<Path> left = Files.list(scratch)) {
            left.filter(path -> !running.containsKey(path.getFileName().toString()))
                    .forEach(Publisher::sweep);
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "the scratch folder cannot be read", e);
        }
        return settled;
    }

    /// The caller holds the product's lock.
    private void recover(ProductName product) {
        for (Run run : ledger.unfinishedRuns()) {
            if (run.product().equals(product) && !running.containsKey(run.id())) {
                settle(run, Optional.empty());
                sweep(scratch.resolve(run.id()));
            }
        }
    }

    private Run settle(Run run, Optional<Problem> problem) {
        Optional<LakeTable> table =
                lake.table(new TableName(run.product().domain().value(), run.product().name()));
        Optional<SnapshotInfo> snapshot =
                table.flatMap(found ->
                        found.snapshots().stream()
                                .filter(info -> run.id().equals(info.summary().get(Ancestry.RUN)))
                                .findFirst());
        Run settled =
                snapshot.map(info -> committed(run, info)).orElseGet(() -> failed(run, problem));
        if (snapshot.isEmpty()) {
            table.ifPresent(found -> found.discard(run.id()));
            ledger.product(run.product())
                    .ifPresent(spec ->
                            lake.deletePrefix(location(spec) + "/quarantine/" + run.id() + "/"));
        }
        ledger.update(settled);
        LOG.info("run {} of {} is {}", run.id(), run.product(), settled.state());
        return settled;
    }

    private Run committed(Run run, SnapshotInfo snapshot) {
        String number = snapshot.summary().getOrDefault(Ancestry.RELEASE, "0");
        return ended(
                run,
                State.COMMITTED,
                OptionalLong.of(Long.parseLong(number)),
                OptionalLong.of(snapshot.id()),
                run.report(),
                run.quarantine());
    }

    private Run failed(Run run, Optional<Problem> problem) {
        boolean cancelled =
                problem.filter(found -> found.code() == ProblemCode.CANCELLED).isPresent();
        State state = cancelled ? State.CANCELLED : State.FAILED;
        String reason =
                problem.map(Problem::message)
                        .orElse("the node stopped before the release was complete");
        return ended(
                run,
                state,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(PublishReport.failure(state.name(), reason)),
                Optional.empty());
    }

    private Run ended(
            Run run,
            State state,
            OptionalLong release,
            OptionalLong snapshot,
            Optional<String> report,
            Optional<String> quarantine) {
        return new Run(
                run.id(),
                run.product(),
                state,
                run.startedBy(),
                run.startedAt(),
                Optional.of(clock.instant()),
                run.contractVersion(),
                run.inputs(),
                release,
                snapshot,
                run.rowsIn(),
                run.rowsPublished(),
                run.rowsQuarantined(),
                run.score(),
                report,
                quarantine);
    }
}
