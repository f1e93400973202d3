package dev.sheaf.lineage;

import java.util.Comparator;

/// What OpenLineage calls a dataset or a job by: a namespace and a name in it, each of any
/// characters. Compared exactly, character by character.
public record EntityName(String namespace, String name) implements Comparable<EntityName> {
    private static final Comparator<EntityName> ORDER =
            Comparator.comparing(EntityName::namespace).thenComparing(EntityName::name);

    @Override
    public int compareTo(EntityName other) {
        return ORDER.compare(this, other);
    }

    /// For people; the two parts cannot be told from it for sure.
    @Override
    public String toString() {
        return namespace + " " + name;
    }
}
