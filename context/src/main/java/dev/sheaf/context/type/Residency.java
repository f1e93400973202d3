package dev.sheaf.context.type;

import dev.sheaf.kernel.RegionName;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which regions may hold a type's documents.
public sealed interface Residency {
    /// These regions, at least one.
    record Regions(SortedSet<RegionName> regions) implements Residency {
        public Regions {
            regions = Collections.unmodifiableSortedSet(new TreeSet<>(regions));
        }
    }

    /// The regions of a scope that the mesh declares under this name.
    record Scope(String name) implements Residency {}
}
