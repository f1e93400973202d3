package dev.sheaf.lake.internal.store;

import dev.sheaf.kernel.Problem;

import org.apache.iceberg.exceptions.NotFoundException;

/// A store's failure on its way through iceberg-core.
///
/// It is a `NotFoundException` because that is the one kind of error which iceberg-core does not
/// try again: its own retries of a metadata read go on for minutes, while stores here have done
/// their retrying when they fail. The problem is taken out again at the lake's boundary.
public final class StoreFailure extends NotFoundException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public StoreFailure(Problem problem) {
        super(problem, "%s", problem.message());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
