package dev.sheaf.lineage;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an event says of a dataset besides its lineage.
///
/// @param columns from the facet `schema`, in order, those inside of others after a dot; empty when
///   the event has no such facet, an empty list when it takes the facet back
/// @param otherNames from the facet `symlinks`; in the same way
public record DatasetFacts(
        EntityName dataset, Optional<List<String>> columns, Optional<Set<EntityName>> otherNames) {
    public DatasetFacts {
        columns = columns.map(List::copyOf);
        otherNames = otherNames.map(Set::copyOf);
    }
}
