package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.List;
import java.util.OptionalLong;

/// A running query and its result: counts, limits and redacts. Threads as for [ArrowResult].
public final class QueryRun implements ArrowResult {
    private final ActiveQuery active;
    private final ArrowResult result;
    private final QueryConfig config;
    private final OptionalLong rowsWanted;
    private long rows;
    private long bytes;
    private boolean truncated;

    QueryRun(ActiveQuery active, ArrowResult result, QueryConfig config, OptionalLong rowsWanted) {
        this.active = active;
        this.result = result;
        this.config = config;
        this.rowsWanted = rowsWanted;
    }

    public String id() {
        return active.request().id();
    }

    @Override
    public Schema schema() {
        return result.schema();
    }

    /// @throws Problem LIMIT_EXCEEDED, TIMED_OUT, CANCELLED, or why the statement failed
    @Override
    public boolean next() {
        if (truncated) {
            return false;
        }
        try {
            if (!result.next()) {
                active.check(); // an answer that was ended early is not whole
                active.finished();
                return false;
            }
        } catch (EngineProblem e) {
            throw active.problem(e);
        }
        count(result.batch());
        return true;
    }

    @Override
    public VectorSchemaRoot batch() {
        return result.batch();
    }

    @Override
    public DictionaryProvider dictionaries() {
        return result.dictionaries();
    }

    public QueryStatistics statistics() {
        return active.statistics(rows, bytes, truncated);
    }

    /// What other regions have contributed; empty for a statement over this region's products. Of
    /// an answer that is passed on as it comes, rows and bytes are those that have come so far.
    public List<QueryPart> parts() {
        return active.parts();
    }

    /// What is missing because its region cannot be reached; empty unless the request allows it.
    public List<QueryPart> missing() {
        return parts().stream().filter(part -> part.missing().isPresent()).toList();
    }

    @Override
    public void close() {
        result.close();
        active.close();
    }

    private void count(VectorSchemaRoot batch) {
        long wanted = rowsWanted.orElse(Long.MAX_VALUE);
        if (rows + batch.getRowCount() > wanted) {
            batch.setRowCount((int) (wanted - rows));
            truncated = true;
            active.finished();
        }
        rows += batch.getRowCount();
        bytes += result.batchBytes();
        if (rows > config.rowsMax()) {
            throw limit("more than " + config.rowsMax() + " rows");
        }
        if (bytes > config.bytesMax().bytes()) {
            throw limit("more than " + config.bytesMax());
        }
    }

    private static Problem limit(String what) {
        return new Problem(
                ProblemCode.LIMIT_EXCEEDED,
                "the result has " + what + "; add a LIMIT, a filter or an aggregate");
    }
}
