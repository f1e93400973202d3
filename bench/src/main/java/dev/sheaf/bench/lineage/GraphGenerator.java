package dev.sheaf.bench.lineage;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;

import java.util.Random;

/// A company's lineage: each dataset is made by a job from a few that are older, mostly from ones
/// of its own neighbourhood and sometimes from one of the first, which many use. Some datasets go
/// round in circles.
final class GraphGenerator {
    static final int COLUMNS = 10;
    private static final int SOURCES = 200;
    private static final int NEIGHBOURS = 300;
    private static final int LAYER = 2000;

    private final Random random;

    GraphGenerator(long seed) {
        this.random = new Random(seed);
    }

    static EntityName dataset(int number) {
        return new EntityName("warehouse", "layer" + number / LAYER + ".table" + number);
    }

    static ColumnName column(int dataset, int column) {
        return new ColumnName(dataset(dataset), "column" + column);
    }

    static OwnerKey job(int dataset) {
        return new OwnerKey(
                OwnerKey.Kind.JOB, new EntityName("scheduler", "make" + dataset), "aws/us-east-1");
    }

    /// Ten column edges, from one to three datasets.
    Edges edges(int dataset) {
        EdgesBuilder edges = new EdgesBuilder();
        int inputs = 1 + random.nextInt(3);
        int[] from = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            from[i] = older(dataset);
        }
        for (int column = 0; column < COLUMNS; column++) {
            edges.column(
                    column(from[random.nextInt(inputs)], random.nextInt(COLUMNS)),
                    column(dataset, column),
                    "DIRECT/TRANSFORMATION");
        }
        return edges.build();
    }

    private int older(int dataset) {
        if (dataset < SOURCES) {
            return (dataset + 1) % SOURCES; // in a circle
        }
        if (random.nextInt(10) == 0) {
            return random.nextInt(SOURCES);
        }
        return Math.max(0, dataset - 1 - random.nextInt(NEIGHBOURS));
    }
}
