package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.concurrent.atomic.AtomicInteger;

/// An answer of a region that dies after its first batch.
final class MortalResult implements ArrowResult {
    private final WatchedResult rows;
    private final RegionName region;
    private int batches;

    MortalResult(ArrowResult rows, RegionName region, AtomicInteger open) {
        this.rows = new WatchedResult(rows, open);
        this.region = region;
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean next() {
        if (batches++ > 0) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "the region " + region + " went while it answered");
        }
        return rows.next();
    }

    @Override
    public VectorSchemaRoot batch() {
        return rows.batch();
    }

    @Override
    public void close() {
        rows.close();
    }
}
