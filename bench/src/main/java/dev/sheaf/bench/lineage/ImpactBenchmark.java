package dev.sheaf.bench.lineage;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.lineage.Question;
import dev.sheaf.lineage.Reach;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Impact of a column, and of a whole dataset, over many datasets with ten column edges each,
/// against a walk over plain hash maps, with which each answer's number of columns is checked too.
///
/// `bin/bench impact [DATASETS] [QUESTIONS]`.
public final class ImpactBenchmark {
    private static final int CHECKS = 100;
    private static final int HITS = 200;

    private ImpactBenchmark() {}

    public static void main(String[] arguments) {
        int datasets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int questions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        GraphGenerator generator = new GraphGenerator(1);
        LineageGraph graph = new LineageGraph(_ -> false);
        Map<ColumnName, List<ColumnName>> plain = new HashMap<>();
        long heap = heapBytes();
        long nanos = 0;
        for (int dataset = 0; dataset < datasets; dataset++) {
            Edges edges = generator.edges(dataset);
            long began = System.nanoTime();
            graph.put(GraphGenerator.job(dataset), edges);
            nanos += System.nanoTime() - began;
        }
        System.out.printf(
                "%s, built in %.1f s, %,d MB of heap%n",
                graph.size(), nanos / 1e9, (heapBytes() - heap) >> 20);
        generator = new GraphGenerator(1);
        for (int dataset = 0; dataset < datasets; dataset++) {
            generator
                    .edges(dataset)
                    .columns()
                    .forEach(edge ->
                            plain.computeIfAbsent(edge.from(), any -> new ArrayList<>())
                                    .add(edge.to()));
        }
        check(graph, plain, datasets);
        measure("a column", graph, datasets, questions, true);
        double ours = measure("a column", graph, datasets, questions, true);
        measure("a dataset", graph, datasets, questions, false);
        long began = System.nanoTime();
        Reach all = impact(graph, 0, Optional.empty());
        System.out.printf(
                "impact of a dataset that nearly all are made from: %,d columns in %.0f ms%n",
                all.columnCount(), (System.nanoTime() - began) / 1e6);
        double theirs = walk(plain, datasets, questions);
        System.out.printf("a walk over hash maps takes %.1fx as long on average%n", theirs / ours);
    }

    private static Reach impact(LineageGraph graph, int dataset, Optional<String> column) {
        return graph.reach(
                        new Question(
                                new Question.Start.Data(GraphGenerator.dataset(dataset), column),
                                Question.Direction.DOWNSTREAM,
                                Question.ANY_DEPTH,
                                HITS))
                .orElseThrow();
    }

    private static void check(
            LineageGraph graph, Map<ColumnName, List<ColumnName>> plain, int datasets) {
        Random random = new Random(2);
        for (int i = 0; i < CHECKS; i++) {
            int dataset = random.nextInt(datasets / 2);
            ColumnName column = GraphGenerator.column(dataset, random.nextInt(10));
            if (!plain.containsKey(column)) {
                continue;
            }
            int found = impact(graph, dataset, Optional.of(column.column())).columnCount();
            int expected = reached(plain, column).size() - 1;
            if (found != expected) {
                throw new IllegalStateException(
                        column + " reaches " + expected + " columns, not " + found);
            }
        }
    }

    private static Set<ColumnName> reached(
            Map<ColumnName, List<ColumnName>> plain, ColumnName from) {
        Set<ColumnName> seen = new HashSet<>(Set.of(from));
        ArrayDeque<ColumnName> left = new ArrayDeque<>(List.of(from));
        while (!left.isEmpty()) {
            for (ColumnName next : plain.getOrDefault(left.poll(), List.of())) {
                if (seen.add(next)) {
                    left.add(next);
                }
            }
        }
        return seen;
    }

    /// @return milliseconds on average
    private static double measure(
            String what, LineageGraph graph, int datasets, int questions, boolean isColumn) {
        Random random = new Random(3);
        double[] millis = new double[questions];
        long columns = 0;
        int most = 0;
        for (int i = 0; i < questions; i++) {
            int dataset = random.nextInt(datasets);
            String column = "column" + random.nextInt(10);
            long began = System.nanoTime();
            Reach reach = impact(graph, dataset, isColumn ? Optional.of(column) : Optional.empty());
            millis[i] = (System.nanoTime() - began) / 1e6;
            columns += reach.columnCount();
            most = Math.max(most, reach.columnCount());
        }
        double mean = Arrays.stream(millis).average().orElse(0);
        Arrays.sort(millis);
        System.out.printf(
                "impact of %s: %,d columns on average, %,d at most; p50 %.2f ms, p99 %.1f ms,"
                        + " longest %.1f ms%n",
                what,
                columns / questions,
                most,
                millis[questions / 2],
                millis[questions * 99 / 100],
                millis[questions - 1]);
        return mean;
    }

    private static double walk(
            Map<ColumnName, List<ColumnName>> plain, int datasets, int questions) {
        Random random = new Random(3);
        long began = System.nanoTime();
        for (int i = 0; i < questions; i++) {
            int dataset = random.nextInt(datasets);
            reached(plain, GraphGenerator.column(dataset, random.nextInt(10)));
        }
        return (System.nanoTime() - began) / 1e6 / questions;
    }

    private static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
