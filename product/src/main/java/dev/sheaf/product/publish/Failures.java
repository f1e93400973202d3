package dev.sheaf.product.publish;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Makes a [Problem] of whatever ended a run. DuckDB's own words are left out: they can show values
/// of rows.
final class Failures {
    private Failures() {}

    static Problem problem(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case EngineProblem engine -> engine(engine);
            case UncheckedIOException io -> storage(io);
            case IOException io -> storage(io);
            default ->
                    new Problem(
                            ProblemCode.INTERNAL,
                            "the publish failed by a fault of Sheaf itself ("
                                    + failure.getClass().getSimpleName()
                                    + "); nothing was published",
                            failure);
        };
    }

    private static Problem storage(Throwable failure) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "reading inputs or writing scratch files failed ("
                        + failure.getClass().getSimpleName()
                        + "): check free space and permissions of the scratch folder; nothing was"
                        + " published",
                failure);
    }

    private static Problem engine(EngineProblem failure) {
        return switch (failure.kind()) {
            case INVALID_SQL, INTERNAL ->
                    new Problem(
                            ProblemCode.INTERNAL,
                            "the engine refused a statement of the publish; nothing was published",
                            failure);
            case DATA, FILE ->
                    new Problem(
                            ProblemCode.UNREADABLE_INPUT,
                            "an input could not be read or computed with; nothing was published",
                            failure);
            case OUT_OF_MEMORY ->
                    new Problem(
                            ProblemCode.LIMIT_EXCEEDED,
                            "the publish needs more memory than it may use; raise the limit or"
                                    + " publish fewer files at once; nothing was published",
                            failure);
            case STORAGE ->
                    new Problem(
                            ProblemCode.STORAGE_FAILED,
                            "the disk for scratch or data files is full or cannot be written;"
                                    + " nothing was published",
                            failure);
            case CANCELLED ->
                    new Problem(
                            ProblemCode.CANCELLED,
                            "the publish was cancelled; nothing was published",
                            failure);
            case TIMED_OUT ->
                    new Problem(
                            ProblemCode.TIMED_OUT,
                            "the publish took longer than allowed; nothing was published",
                            failure);
            case WORKER_DIED ->
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            "the worker process died, most likely at its memory limit; nothing was"
                                    + " published",
                            failure);
        };
    }
}
