package dev.sheaf.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How policies changed.
///
/// @param inForce the revision that decides; absent when none does, and everything is denied
/// @param fault why none does
/// @param changes newest first
public record PolicyHistory(
        OptionalLong inForce, Optional<String> fault, List<PolicyChangeInfo> changes) {
    public PolicyHistory {
        changes = List.copyOf(changes);
    }
}
