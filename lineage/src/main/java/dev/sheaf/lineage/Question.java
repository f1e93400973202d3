package dev.sheaf.lineage;

import java.util.Optional;

/// From where, in which direction and how far the graph is followed.
///
/// @param depthMax at most so many jobs are passed, at least 1
/// @param hitsMax at most so many datasets and so many owners are told; the rest is counted
public record Question(Start start, Direction direction, int depthMax, int hitsMax) {
    /// Farther than any path goes.
    public static final int ANY_DEPTH = Integer.MAX_VALUE;

    /// Where to.
    public enum Direction {
        /// To what it is made from.
        UPSTREAM,
        /// To what is made from it.
        DOWNSTREAM
    }

    /// From where.
    public sealed interface Start {
        /// @param column all of the dataset when empty
        record Data(EntityName dataset, Optional<String> column) implements Start {}

        /// A job, a model or a consumer.
        record Owner(OwnerKey.Kind kind, EntityName name) implements Start {}
    }

    public Question {
        if (depthMax < 1 || hitsMax < 0) {
            throw new IllegalArgumentException(
                    "a depth of " + depthMax + " and " + hitsMax + " hits");
        }
    }
}
