package dev.sheaf.lineage;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the events of one region add up to: of each job its present edges, of each dataset its
/// columns and its other names. Whatever changes by an event goes into the graph and is told. For
/// one thread at a time.
public final class LineageBook {
    /// Of each job so many runs count, those that began last, and the last that has completed.
    public static final int RUNS_MAX = JobHistory.RUNS_MAX;

    private final String region;
    private final LineageGraph graph;
    private final Function<EntityName, OwnerKey.Kind> kinds;
    private final Map<OwnerKey, JobHistory> jobs = new HashMap<>();
    private final Map<EntityName, Instant> declared = new HashMap<>();
    private final Map<EntityName, Known> datasets = new HashMap<>();

    private record Known(
            Instant columnsAt, List<String> columns, Instant namesAt, Set<EntityName> names) {
        static final Known NOTHING = new Known(Instant.MIN, List.of(), Instant.MIN, Set.of());
    }

    /// What is otherwise than before an event.
    ///
    /// @param edges present ones of those whose have changed
    /// @param names other names of those datasets that have got some or lost some
    public record Changed(Map<OwnerKey, Edges> edges, Map<EntityName, Set<EntityName>> names) {
        public Changed {
            edges = Map.copyOf(edges);
            names = Map.copyOf(names);
        }

        public boolean isEmpty() {
            return edges.isEmpty() && names.isEmpty();
        }
    }

    /// @param region that hears the events
    /// @param kinds what a job of that name is: a job, a model or a consumer
    public LineageBook(
            String region, LineageGraph graph, Function<EntityName, OwnerKey.Kind> kinds) {
        this.region = region;
        this.graph = graph;
        this.kinds = kinds;
    }

    /// Takes an event, which may be late, or have been here before.
    public Changed accept(LineageEvent event) {
        Map<OwnerKey, Edges> changed = new LinkedHashMap<>();
        LineageEvent.Contents contents = event.contents();
        switch (event) {
            case LineageEvent.OfRun run -> {
                add(key(run.job()), history -> history.add(run, contents.edges()), changed);
                contents.told()
                        .forEach((job, edges) ->
                                add(
                                        key(job, run.job()),
                                        history -> history.add(run, edges),
                                        changed));
            }
            case LineageEvent.OfJob job -> {
                add(key(job.job()), history -> history.add(job, contents.edges()), changed);
                contents.told()
                        .forEach((other, edges) ->
                                add(
                                        key(other, job.job()),
                                        history -> history.add(job, edges),
                                        changed));
            }
            case LineageEvent.OfDataset dataset -> declare(dataset, changed);
        }
        Map<EntityName, Set<EntityName>> names = new LinkedHashMap<>();
        contents.datasets().forEach(facts -> learn(event.time(), facts, names));
        return new Changed(changed, names);
    }

    private OwnerKey key(EntityName job) {
        return new OwnerKey(kinds.apply(job), job, region);
    }

    private OwnerKey key(EntityName job, EntityName teller) {
        return new OwnerKey(kinds.apply(job), job, region, Optional.of(teller));
    }

    private void add(OwnerKey key, Consumer<JobHistory> event, Map<OwnerKey, Edges> changed) {
        JobHistory history = jobs.computeIfAbsent(key, any -> new JobHistory());
        Edges before = history.present();
        event.accept(history);
        Edges after = history.present();
        if (!before.equals(after) || !graph.has(key)) {
            graph.put(key, after);
            changed.put(key, after);
        }
    }

    /// The latest says what the dataset is made from.
    private void declare(LineageEvent.OfDataset event, Map<OwnerKey, Edges> changed) {
        Instant before = declared.getOrDefault(event.dataset(), Instant.MIN);
        if (!event.contents().edges().isEmpty() && !event.time().isBefore(before)) {
            declared.put(event.dataset(), event.time());
            OwnerKey key = new OwnerKey(OwnerKey.Kind.DATASET, event.dataset(), region);
            graph.put(key, event.contents().edges());
            changed.put(key, event.contents().edges());
        }
        graph.mention(event.dataset());
    }

    private void learn(Instant time, DatasetFacts facts, Map<EntityName, Set<EntityName>> changed) {
        EntityName dataset = facts.dataset();
        if (facts.columns().isEmpty() && facts.otherNames().isEmpty()) {
            return;
        }
        Known known = datasets.getOrDefault(dataset, Known.NOTHING);
        if (facts.columns().isPresent() && isNews(time, known.columnsAt())) {
            List<String> columns = facts.columns().get();
            known = new Known(time, columns, known.namesAt(), known.names());
            graph.describe(dataset, columns);
        }
        if (facts.otherNames().isPresent() && isNews(time, known.namesAt())) {
            Set<EntityName> names = facts.otherNames().get();
            if (!names.equals(known.names())) {
                graph.name(region, dataset, names);
                changed.put(dataset, names);
            }
            known = new Known(known.columnsAt(), known.columns(), time, names);
        }
        datasets.put(dataset, known);
    }

    private static boolean isNews(Instant time, Instant before) {
        return !time.isBefore(before);
    }
}
