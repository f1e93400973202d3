package dev.sheaf.product.erase;

import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Removal;
import dev.sheaf.product.publish.PublishLimits;
import dev.sheaf.product.publish.Publisher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Takes rows out of products. Safe for use by many threads; those of one product wait for each
/// other and for publishes.
///
/// Rows are gone for readers in one step. After a crash [#recover()], or the next removal of the
/// product, brings what was begun to its end: either nothing has changed, or history and files go.
/// Rejected rows are taken away last, so a removal that failed has to be ordered again.
public final class Eraser {
    private final Engine engine;
    private final Lake lake;
    private final Ledger ledger;
    private final Publisher publisher;
    private final Path scratch;
    private final PublishLimits limits;
    private final RemovalEnd end;
    private final Clock clock;

    /// @param scratch an existing folder of the eraser's own
    /// @param deleted hears of data files that are gone, so that copies of them can go
    public Eraser(
            Engine engine,
            Lake lake,
            Ledger ledger,
            Publisher publisher,
            Path scratch,
            PublishLimits limits,
            Consumer<List<String>> deleted,
            Clock clock) {
        this.engine = engine;
        this.lake = lake;
        this.ledger = ledger;
        this.publisher = publisher;
        this.scratch = scratch.toAbsolutePath().normalize();
        this.limits = limits;
        this.end = new RemovalEnd(lake, ledger, deleted);
        this.clock = clock;
    }

    /// Removes rows, the releases that hold or mention them, and the rejected rows; waits for the
    /// end. Done again it finds nothing.
    ///
    /// @throws Problem NOT_FOUND (no such product), CONFLICT (the current release has no such
    ///   column, or something was published meanwhile), STORAGE_FAILED, LIMIT_EXCEEDED,
    ///   UNAVAILABLE, BUSY; no message shows a value of a row
    public RowsGone erase(RemovalOrder order, Consumer<RemovalStep> listener) {
        return publisher.exclusively(
                order.product(),
                spec -> {
                    List<Removal> resumed = resume(order.product());
                    return run(order, listener, run -> run.execute(resumed));
                });
    }

    /// What [#erase] would do. Changes nothing.
    public RowsGone look(RemovalOrder order) {
        return publisher.exclusively(
                order.product(), spec -> run(order, RemovalStep.SILENT, RemovalRun::look));
    }

    /// Brings every removal to its end that a dead process left behind, and empties the scratch
    /// folder. To be called once at start, before removals.
    ///
    /// @return those that were brought to their end
    public List<Removal> recover() {
        deleteBelow(scratch);
        List<Removal> ended = new ArrayList<>();
        for (Removal removal : ledger.unfinishedRemovals()) {
            if (ledger.product(removal.product()).isEmpty()) {
                ledger.record(removal.ended(Removal.State.ABANDONED, 0, 0));
            } else {
                ended.addAll(
                        publisher.exclusively(
                                removal.product(), spec -> resume(removal.product())));
            }
        }
        return ended;
    }

    private List<Removal> resume(ProductName product) {
        return ledger.unfinishedRemovals().stream()
                .filter(removal -> removal.product().equals(product))
                .map(removal -> end.bring(removal, RemovalStep.SILENT))
                .filter(removal -> removal.state() == Removal.State.DONE)
                .toList();
    }

    private RowsGone run(
            RemovalOrder order,
            Consumer<RemovalStep> listener,
            Function<RemovalRun, RowsGone> work) {
        Path folder = scratch.resolve(order.id());
        try {
            Files.createDirectories(folder);
            return work.apply(
                    new RemovalRun(
                            lake,
                            ledger,
                            clock,
                            order,
                            folder,
                            files -> open(folder, files),
                            end,
                            listener));
        } catch (EngineProblem e) {
            throw engineFailed(order.product(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "removing rows of "
                            + order.product()
                            + " failed reading its files or writing scratch files; check the disk"
                            + " and try again",
                    e);
        } finally {
            deleteBelow(folder);
        }
    }

    private EngineSession open(Path folder, List<Path> files) {
        List<Path> readable = new ArrayList<>(files);
        readable.add(folder);
        return engine.open(
                new SessionSpec(
                        SessionSpec.Purpose.PUBLISH,
                        limits.memoryMax(),
                        limits.threads(),
                        folder,
                        readable,
                        List.of(folder, lake.staging())));
    }

    /// DuckDB's own words, and the statement, can show values: only its kind is told.
    private static Problem engineFailed(ProductName product, EngineProblem e) {
        ProblemCode code =
                switch (e.kind()) {
                    case OUT_OF_MEMORY -> ProblemCode.LIMIT_EXCEEDED;
                    case STORAGE -> ProblemCode.STORAGE_FAILED;
                    case TIMED_OUT -> ProblemCode.TIMED_OUT;
                    case CANCELLED -> ProblemCode.CANCELLED;
                    case WORKER_DIED -> ProblemCode.UNAVAILABLE;
                    case INVALID_SQL, INTERNAL, DATA, FILE -> ProblemCode.INTERNAL;
                };
        return new Problem(
                code,
                "removing rows of "
                        + product
                        + " failed in the engine ("
                        + e.kind()
                        + "); try again, what was begun is brought to its end then");
    }

    private static void deleteBelow(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the scratch folder " + folder + " cannot be emptied; delete what is in it",
                    e);
        }
    }
}
