package dev.sheaf.client;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A whole set of policies that is to take the place of the one in force.
///
/// @param files texts by path: modules (`.rego`) and data documents (`.json`, `.yaml`, `.yml`)
/// @param regoVersion of the modules, 0 or 1; 1 when absent
/// @param standardPack whether the files of the standard pack belong to it too; not when absent
/// @param reason for the history
/// @param expectedRevision the revision that must be in force; any when absent
public record PolicyApply(
        Map<String, String> files,
        OptionalInt regoVersion,
        Optional<Boolean> standardPack,
        String reason,
        OptionalLong expectedRevision) {
    public PolicyApply {
        files = Map.copyOf(files);
    }
}
