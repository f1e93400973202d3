package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.PassedResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.util.concurrent.atomic.AtomicInteger;

/// An answer of a region that dies after its first batch.
final class MortalResult extends PassedResult {
    private final RegionName region;
    private int batches;

    MortalResult(ArrowResult rows, RegionName region, AtomicInteger open) {
        super(new WatchedResult(rows, open));
        this.region = region;
    }

    @Override
    public boolean next() {
        if (batches++ > 0) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "the region " + region + " went while it answered");
        }
        return super.next();
    }
}
