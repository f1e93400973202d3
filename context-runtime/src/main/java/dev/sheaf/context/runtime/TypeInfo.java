package dev.sheaf.context.runtime;

import java.util.List;

/// A context type as this node knows it.
///
/// @param scope its residency scope: the regions, sorted
/// @param stalenessClass `critical`, `important` or `background`
/// @param documents how many this node holds
/// @param declaration the type's YAML, as it was applied
public record TypeInfo(
        String name,
        String domain,
        List<String> versions,
        List<String> scope,
        String stalenessClass,
        long documents,
        String declaration) {
    public TypeInfo {
        versions = List.copyOf(versions);
        scope = List.copyOf(scope);
    }
}
