package dev.sheaf.lineage;

import java.util.List;
import java.util.Optional;

/// What is reached from somewhere in the graph: nearest first.
///
/// @param datasets at most as many as were asked for
/// @param owners at most as many as were asked for
/// @param datasetCount of all that are reached
/// @param columnCount of all columns that are reached
/// @param ownerCount of all that are reached
public record Reach(
        List<DatasetHit> datasets,
        List<OwnerHit> owners,
        int datasetCount,
        int columnCount,
        int ownerCount) {
    /// Columns and ways that are told of one hit.
    public static final int COLUMNS_MAX = 100;

    /// Steps that are told of one path: of longer ones the last.
    public static final int STEPS_MAX = 100;

    /// Of so many ways by which an owner is reached the path is told.
    public static final int PATHS_MAX = 20;

    public Reach {
        datasets = List.copyOf(datasets);
        owners = List.copyOf(owners);
    }

    /// A dataset that is reached.
    ///
    /// @param depth how many jobs lie between
    /// @param isWhole whether all of it is concerned, or it is not known which columns are
    /// @param columns that are concerned, at most [#COLUMNS_MAX]
    /// @param path from the start to here, at most [#STEPS_MAX]
    public record DatasetHit(
            EntityName dataset,
            int depth,
            boolean isWhole,
            List<String> columns,
            int columnCount,
            List<Step> path) {
        public DatasetHit {
            columns = List.copyOf(columns);
            path = List.copyOf(path);
        }
    }

    /// A job, a model or a consumer that is reached.
    ///
    /// @param through by what, at most [#COLUMNS_MAX]
    public record OwnerHit(OwnerKey owner, int depth, List<Through> through, int throughCount) {
        public OwnerHit {
            through = List.copyOf(through);
        }
    }

    /// What an owner takes, or gives.
    ///
    /// @param column empty for all of the dataset
    /// @param path from the start to there, at most [#STEPS_MAX]; empty after the first
    ///   [#PATHS_MAX]
    public record Through(EntityName dataset, Optional<String> column, List<Step> path) {
        public Through {
            path = List.copyOf(path);
        }
    }

    /// A place on a path.
    ///
    /// @param column empty for all of the dataset
    /// @param via by which owner it is reached; empty for the first
    /// @param how as in `DIRECT/IDENTITY`; empty when it is not known
    public record Step(
            EntityName dataset, Optional<String> column, Optional<OwnerKey> via, String how) {}
}
