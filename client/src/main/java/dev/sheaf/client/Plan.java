package dev.sheaf.client;

import java.util.List;

/// What applying manifests would change.
///
/// @param digest identifies state and changes
/// @param revision the state that it is a plan for
/// @param applicable whether applying it would be accepted
/// @param changes in the order of kind and name, those that change nothing included
/// @param impacts whom the changes touch; empty in what is answered to applying
public record Plan(
        String digest,
        long revision,
        boolean applicable,
        List<PlannedChange> changes,
        List<ManifestProblem> problems,
        List<PlanImpact> impacts) {
    public Plan {
        impacts = List.copyOf(impacts);
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }
}
