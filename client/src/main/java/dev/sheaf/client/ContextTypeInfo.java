package dev.sheaf.client;

import java.util.List;

/// A context type as a node knows it.
///
/// @param versions of its schema
/// @param scope the regions that may hold its documents
/// @param stalenessClass `critical`, `important` or `background`
/// @param documents how many the node holds
/// @param declaration the type's YAML, as it was applied
public record ContextTypeInfo(
        String name,
        String domain,
        List<String> versions,
        List<String> scope,
        String stalenessClass,
        long documents,
        String declaration) {
    public ContextTypeInfo {
        versions = List.copyOf(versions);
        scope = List.copyOf(scope);
    }
}
