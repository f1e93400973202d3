package dev.sheaf.lineage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The last runs of one job, and the edges that follow from them. The outcome depends on which
/// events there were and not on when they arrived or how often. For one thread at a time.
///
/// A run began when its earliest event says. Present are the edges of the completed run that began
/// last, and of runs that began after it and have not ended; while no run has completed, those of
/// the run that says something and began last. A job as declared counts as a run that has
/// completed.
final class JobHistory {
    /// Older ones are forgotten. What comes late of a run is counted as long as it is among these.
    static final int RUNS_MAX = 16;

    private static final Comparator<Run> ORDER =
            Comparator.comparing(Run::began).thenComparing(Run::id);

    private final List<Run> runs = new ArrayList<>();

    /// @param told when it was said how it stands
    private record Run(String id, Instant began, Instant told, RunState state, Edges edges) {
        boolean isEnded() {
            return switch (state) {
                case COMPLETE, ABORT, FAIL -> true;
                case START, RUNNING, OTHER -> false;
            };
        }

        Run and(Run event) {
            return new Run(
                    id,
                    began.isBefore(event.began) ? began : event.began,
                    isLater(event) ? event.told : told,
                    isLater(event) ? event.state : state,
                    edges.and(event.edges));
        }

        /// An end counts more than what only says that the run goes on.
        private boolean isLater(Run event) {
            if (event.isEnded() != isEnded()) {
                return event.isEnded();
            }
            int order = told.compareTo(event.told);
            return order < 0 || (order == 0 && state.compareTo(event.state) < 0);
        }
    }

    void add(LineageEvent.OfRun event, Edges edges) {
        add(new Run(event.runId(), event.time(), event.time(), event.state(), edges));
    }

    void add(LineageEvent.OfJob event, Edges edges) {
        add(
                new Run(
                        "declared " + event.time(),
                        event.time(),
                        event.time(),
                        RunState.COMPLETE,
                        edges));
    }

    private void add(Run event) {
        Run changed = event;
        for (Run run : runs) {
            if (run.id().equals(event.id())) {
                changed = run.and(event);
                runs.remove(run);
                break;
            }
        }
        runs.add(shared(changed));
        runs.sort(ORDER);
        if (runs.size() > RUNS_MAX) {
            forgetOne();
        }
    }

    /// Runs that say the same share it.
    private Run shared(Run changed) {
        for (Run run : runs) {
            if (run.edges().equals(changed.edges())) {
                return new Run(
                        changed.id(),
                        changed.began(),
                        changed.told(),
                        changed.state(),
                        run.edges());
            }
        }
        return changed;
    }

    private void forgetOne() {
        int completed = lastCompleted();
        runs.remove(completed == 0 ? 1 : 0);
    }

    /// -1 when none has completed.
    private int lastCompleted() {
        for (int index = runs.size() - 1; index >= 0; index--) {
            if (runs.get(index).state() == RunState.COMPLETE) {
                return index;
            }
        }
        return -1;
    }

    Edges present() {
        int completed = lastCompleted();
        if (completed < 0) {
            for (Run run : runs.reversed()) {
                if (!run.edges().isEmpty()) {
                    return run.edges();
                }
            }
            return Edges.NONE;
        }
        Edges present = runs.get(completed).edges();
        for (Run run : runs.subList(completed + 1, runs.size())) {
            if (!run.isEnded()) {
                present = present.and(run.edges());
            }
        }
        return present;
    }
}
