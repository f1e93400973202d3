package dev.sheaf.lineage;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An OpenLineage event as it is understood here (spec/OpenLineage.json, 2-0-2 and before). What is
/// not understood of it is not lost: whoever keeps the event keeps its text.
public sealed interface LineageEvent {
    /// When it happened, as its producer says.
    Instant time();

    /// What it says.
    Contents contents();

    /// The same event saying something else.
    LineageEvent with(Contents contents);

    /// The same event, happened at another time.
    LineageEvent at(Instant time);

    /// @param edges of the event's own job, or of the dataset of a [OfDataset]
    /// @param told edges that the event tells of other jobs
    /// @param datasets each once
    /// @param notes what was missing, taken otherwise than it stands there or left out, for people
    record Contents(
            Edges edges,
            Map<EntityName, Edges> told,
            List<DatasetFacts> datasets,
            List<String> notes) {
        public Contents {
            told = Map.copyOf(told);
            datasets = List.copyOf(datasets);
            notes = List.copyOf(notes);
        }
    }

    /// A run of a job.
    ///
    /// @param runId mostly a UUID
    record OfRun(Instant time, RunState state, String runId, EntityName job, Contents contents)
            implements LineageEvent {
        @Override
        public LineageEvent with(Contents other) {
            return new OfRun(time, state, runId, job, other);
        }

        @Override
        public LineageEvent at(Instant other) {
            return new OfRun(other, state, runId, job, contents);
        }
    }

    /// A job as it is declared, without a run.
    record OfJob(Instant time, EntityName job, Contents contents) implements LineageEvent {
        @Override
        public LineageEvent with(Contents other) {
            return new OfJob(time, job, other);
        }

        @Override
        public LineageEvent at(Instant other) {
            return new OfJob(other, job, contents);
        }
    }

    /// A dataset, without a job.
    record OfDataset(Instant time, EntityName dataset, Contents contents) implements LineageEvent {
        @Override
        public LineageEvent with(Contents other) {
            return new OfDataset(time, dataset, other);
        }

        @Override
        public LineageEvent at(Instant other) {
            return new OfDataset(other, dataset, contents);
        }
    }
}
