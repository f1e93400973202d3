package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.query.QueryRun;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalLong;

/// The governed rows of a sub-query: no more than were asked for, and at the end an entry of what
/// became of it.
final class HomeAnswer implements ArrowResult {
    /// Told once.
    interface Ended {
        /// @param problem empty when all rows were taken
        void ended(long rows, long bytes, Optional<Problem> problem);
    }

    private final QueryRun run;
    private final OptionalLong rowsMax;
    private final PaidReads paid;
    private final Ended ended;
    private long rows;
    private boolean isWhole;
    private boolean isClosed;
    private @Nullable Problem failure;

    HomeAnswer(QueryRun run, OptionalLong rowsMax, PaidReads paid, Ended ended) {
        this.run = run;
        this.rowsMax = rowsMax;
        this.paid = paid;
        this.ended = ended;
    }

    @Override
    public Schema schema() {
        return run.schema();
    }

    @Override
    public boolean next() {
        try {
            if (!run.next()) {
                isWhole = true;
                return false;
            }
            rows += run.batch().getRowCount();
            if (rowsMax.isPresent() && rows > rowsMax.getAsLong()) {
                throw new Problem(
                        ProblemCode.LIMIT_EXCEEDED,
                        "the answer has more than the "
                                + rowsMax.getAsLong()
                                + " rows that the asking region takes; add a filter or an"
                                + " aggregate");
            }
            paid.leaves(run.statistics().resultBytes());
            return true;
        } catch (Problem e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public VectorSchemaRoot batch() {
        return run.batch();
    }

    @Override
    public DictionaryProvider dictionaries() {
        return run.dictionaries();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        long bytes = run.statistics().resultBytes();
        run.close();
        paid.ended();
        ended.ended(rows, bytes, problem());
    }

    private Optional<Problem> problem() {
        Problem known = failure;
        if (known != null) {
            return Optional.of(known);
        }
        return isWhole
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                ProblemCode.CANCELLED, "the asking region did not take all rows"));
    }
}
