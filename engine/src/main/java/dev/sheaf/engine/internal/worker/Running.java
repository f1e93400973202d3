package dev.sheaf.engine.internal.worker;

import dev.sheaf.engine.EngineProblem.Kind;

import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.function.IntPredicate;

/// The request that is being answered, as other threads see it.
final class Running {
    private static final double PERCENT = 100;

    private final int request;
    private final IntPredicate cancelled;
    private volatile @Nullable DuckDBPreparedStatement statement;

    Running(int request, IntPredicate cancelled) {
        this.request = request;
        this.cancelled = cancelled;
    }

    int request() {
        return request;
    }

    void runs(DuckDBPreparedStatement started) throws Failure {
        statement = started;
        check();
    }

    /// @throws Failure CANCELLED when somebody asked for it
    void check() throws Failure {
        if (cancelled.test(request)) {
            throw new Failure(Kind.CANCELLED, "cancelled");
        }
    }

    void interrupt() {
        DuckDBPreparedStatement current = statement;
        if (current != null) {
            try {
                current.cancel();
            } catch (SQLException e) {
                // Already closed: it ends by itself.
                statement = null;
            }
        }
    }

    /// 0..1, negative when not known.
    double progress() {
        DuckDBPreparedStatement current = statement;
        if (current == null) {
            return -1;
        }
        try {
            double percent = current.getQueryProgress().getPercentage();
            return percent < 0 ? -1 : Math.min(1, percent / PERCENT);
        } catch (SQLException e) {
            return -1; // closed meanwhile
        }
    }
}
