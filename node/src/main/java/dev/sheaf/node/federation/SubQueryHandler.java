package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

/// Answers what other regions ask of this one. Each call is one thread's, which may wait. What is
/// thrown as a [dev.sheaf.kernel.Problem] is told to the asking region, so its text holds nothing
/// that the caller may not see.
public interface SubQueryHandler {
    /// @param coordinator the region that asks, as its certificate says
    SubQueryPlan explain(RegionName coordinator, SubQuery query);

    /// @param coordinator the region that asks, as its certificate says; where the rows go
    /// @return closed by the caller, from another thread when the asking region is gone
    ArrowResult run(RegionName coordinator, SubQuery query);

    /// The asking region does not want the answer any more, or is gone.
    void cancel(RegionName coordinator, String id);
}
