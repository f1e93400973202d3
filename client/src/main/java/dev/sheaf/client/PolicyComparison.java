package dev.sheaf.client;

import java.util.List;

/// What applying would change.
///
/// @param before digest of the set in force; empty when there is none
/// @param after digest of the set that would be applied
/// @param questions that were asked of both
/// @param truncated whether there were more questions, or more differences, than are looked at
/// @param differences whether it is allowed, masks or filters; other reasons alone are none
public record PolicyComparison(
        String before,
        String after,
        int questions,
        boolean truncated,
        List<PolicyDifference> differences) {
    public PolicyComparison {
        differences = List.copyOf(differences);
    }
}
