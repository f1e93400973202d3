package dev.sheaf.query;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.PassedResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.util.concurrent.atomic.AtomicLong;

/// A region's answer on its way: counts, and ends at the limits. Threads as for [ArrowResult].
final class CountedRows extends PassedResult {
    private final RegionName region;
    private final long rowsMax;
    private final long bytesMax;
    private final AtomicLong bytesOfAll;
    private volatile long count;
    private volatile long bytes;

    /// @param bytesOfAll answers of the statement so far
    CountedRows(
            ArrowResult rows,
            RegionName region,
            long rowsMax,
            long bytesMax,
            AtomicLong bytesOfAll) {
        super(rows);
        this.region = region;
        this.rowsMax = rowsMax;
        this.bytesMax = bytesMax;
        this.bytesOfAll = bytesOfAll;
    }

    long rows() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /// @throws Problem LIMIT_EXCEEDED, or whatever the region says
    @Override
    public boolean next() {
        if (!super.next()) {
            return false;
        }
        long size = batchBytes();
        count += batch().getRowCount();
        bytes += size;
        if (count > rowsMax) {
            throw limit("more than " + rowsMax + " rows");
        }
        if (bytesOfAll.addAndGet(size) > bytesMax) {
            throw limit("more than its share of " + bytesMax + " bytes");
        }
        return true;
    }

    private Problem limit(String what) {
        return new Problem(
                ProblemCode.LIMIT_EXCEEDED,
                "the region "
                        + region
                        + " would have to send "
                        + what
                        + "; add a filter or an aggregate on its tables, or see EXPLAIN for what"
                        + " is asked of it");
    }
}
