package dev.sheaf.context.runtime;

import dev.sheaf.context.type.ContextType;
import dev.sheaf.kernel.RegionName;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// A context type as it is declared, with the scope that its documents are in. Immutable; as long
/// as nobody applies another revision, a node answers with the same object.
///
/// @param scope the residency scope's name
/// @param regions of the scope, also where the mesh names them and not the type
public record DeclaredType(ContextType type, String scope, SortedSet<RegionName> regions) {
    public DeclaredType {
        regions = Collections.unmodifiableSortedSet(new TreeSet<>(regions));
    }

    public String name() {
        return type.name();
    }
}
