package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import java.util.function.BooleanSupplier;

/// Answers what other regions ask of this one. Each call is one thread's, which may wait. What is
/// thrown as a [dev.sheaf.kernel.Problem] is told to the asking region, so its text holds nothing
/// that the caller may not see.
public interface SubQueryHandler {
    /// @param coordinator the region that asks, as its certificate says
    SubQueryPlan explain(RegionName coordinator, SubQuery query);

    /// @param coordinator the region that asks, as its certificate says; where the rows go
    /// @param isGone whether nobody waits for the answer any more
    /// @return closed by the caller, from another thread when the asking region is gone
    ArrowResult run(RegionName coordinator, SubQuery query, BooleanSupplier isGone);

    /// The asking region does not want the answer any more, or is gone. Comes from another thread
    /// than [#run], and after `isGone` says so.
    void cancel(RegionName coordinator, String id);
}
