package dev.sheaf.query.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

/// The other regions, as the coordinator of a statement asks them. Each decides for itself, with
/// the caller's identity, what its answer shows. For any thread.
///
/// Every method throws a [Problem] whose text names the region: UNAVAILABLE when it cannot be
/// reached or is gone in the middle of an answer, TIMED_OUT, CANCELLED, or what the region itself
/// answers (FORBIDDEN, NOT_FOUND, INVALID_SQL, LIMIT_EXCEEDED, COST_EXCEEDED, …).
public interface Regions {
    /// Reaches none.
    Regions NONE =
            new Regions() {
                @Override
                public SubQueryPlan explain(RegionName region, SubQuery query) {
                    throw unreachable(region);
                }

                @Override
                public ArrowResult run(RegionName region, SubQuery query) {
                    throw unreachable(region);
                }

                private Problem unreachable(RegionName region) {
                    return new Problem(
                            ProblemCode.UNAVAILABLE,
                            "the region " + region + " cannot be reached from here");
                }
            };

    /// What a region says of a sub-query without running it.
    SubQueryPlan explain(RegionName region, SubQuery query);

    /// Runs a sub-query; its governed rows come as they are made. Returns when the region has begun
    /// to answer. Closing the result before its end cancels the sub-query in its region.
    ArrowResult run(RegionName region, SubQuery query);
}
