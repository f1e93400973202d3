package dev.sheaf.lineage;

import dev.sheaf.lineage.Edges.ColumnEdge;
import dev.sheaf.lineage.Edges.TableEdge;
import dev.sheaf.lineage.Edges.WholeEdge;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The edges of one owner as numbers, in the order in which they are looked for. Immutable.
final class Contribution {
    final OwnerKey key;
    final int job;
    final int[] inputs;
    final int[] outputs;

    /// Jobs that come before this one.
    final int[] after;

    /// Column edges in order of their beginnings.
    final int[] from;

    final int[] to;
    final int[] how;

    /// Places in those, in the order of their ends.
    private final int[] byTo;

    /// Edges from a column to a whole dataset, in order of their beginnings.
    final int[] wholeFrom;

    final int[] wholeTo;
    final int[] wholeHow;

    private final int[] described;
    private final int[] exact;

    /// Dataset before column, in one number; in order.
    private final long[] reads;

    /// Dataset to dataset, in one number; in order.
    private final long[] pairs;

    private final long[] tables;

    Contribution(OwnerKey key, Edges edges, Symbols symbols) {
        this.key = key;
        this.job = symbols.job(key.name());
        this.inputs = datasets(edges.inputs(), symbols);
        this.outputs = datasets(edges.outputs(), symbols);
        this.after = edges.after().stream().mapToInt(symbols::job).sorted().toArray();
        this.described = datasets(edges.described(), symbols);
        this.exact = datasets(edges.exact(), symbols);
        List<ColumnEdge> columns = List.copyOf(edges.columns());
        int count = columns.size();
        int[] froms = new int[count];
        long[] order = new long[count];
        for (int index = 0; index < count; index++) {
            froms[index] = symbols.column(columns.get(index).from());
            order[index] = pair(froms[index], index);
        }
        Arrays.sort(order);
        this.from = new int[count];
        this.to = new int[count];
        this.how = new int[count];
        long[] ends = new long[count];
        long[] datasetPairs = new long[count + edges.wholes().size()];
        for (int place = 0; place < count; place++) {
            ColumnEdge edge = columns.get((int) order[place]);
            from[place] = froms[(int) order[place]];
            to[place] = symbols.column(edge.to());
            how[place] = symbols.way(edge.how());
            ends[place] = pair(to[place], place);
            datasetPairs[place] =
                    pair(symbols.datasetOf(from[place]), symbols.datasetOf(to[place]));
        }
        Arrays.sort(ends);
        this.byTo = new int[count];
        for (int place = 0; place < count; place++) {
            byTo[place] = (int) ends[place];
        }
        List<WholeEdge> wholes =
                edges.wholes().stream()
                        .sorted(Comparator.comparingInt(edge -> symbols.column(edge.from())))
                        .toList();
        this.wholeFrom = new int[wholes.size()];
        this.wholeTo = new int[wholes.size()];
        this.wholeHow = new int[wholes.size()];
        for (int index = 0; index < wholes.size(); index++) {
            WholeEdge edge = wholes.get(index);
            wholeFrom[index] = symbols.column(edge.from());
            wholeTo[index] = symbols.dataset(edge.to());
            wholeHow[index] = symbols.way(edge.how());
            datasetPairs[count + index] = pair(symbols.datasetOf(wholeFrom[index]), wholeTo[index]);
        }
        this.pairs = Arrays.stream(datasetPairs).sorted().distinct().toArray();
        this.tables =
                edges.tables().stream().mapToLong(edge -> table(edge, symbols)).sorted().toArray();
        this.reads =
                edges.reads().stream()
                        .mapToLong(column ->
                                pair(symbols.dataset(column.dataset()), symbols.column(column)))
                        .sorted()
                        .toArray();
    }

    private static long table(TableEdge edge, Symbols symbols) {
        return pair(symbols.dataset(edge.from()), symbols.dataset(edge.to()));
    }

    private static int[] datasets(Collection<EntityName> names, Symbols symbols) {
        return names.stream().mapToInt(symbols::dataset).sorted().toArray();
    }

    private static long pair(int one, int other) {
        return ((long) one << 32) | other;
    }

    /// The first place of a column in `from`, if it has one.
    int firstFrom(int column) {
        return first(from, column);
    }

    /// The first place of a column in `wholeFrom`, if it has one.
    int firstWholeFrom(int column) {
        return first(wholeFrom, column);
    }

    private static int first(int[] columns, int column) {
        int low = 0;
        int high = columns.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (columns[middle] < column) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The first number to ask [#placeByTo] about a column with.
    int firstTo(int column) {
        int low = 0;
        int high = byTo.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to[byTo[middle]] < column) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The place of an edge by the order of ends.
    int placeByTo(int number) {
        return byTo[number];
    }

    /// Whether it is known which columns an output is made from.
    boolean isDescribed(int output) {
        return Arrays.binarySearch(described, output) >= 0;
    }

    /// Whether one dataset feeds another, through whichever columns.
    boolean feeds(int input, int output) {
        return Arrays.binarySearch(exact, output) < 0
                || Arrays.binarySearch(tables, pair(input, output)) >= 0;
    }

    /// Whether it is known of some column that it goes from one to the other.
    boolean hasColumns(int input, int output) {
        return Arrays.binarySearch(pairs, pair(input, output)) >= 0;
    }

    boolean reads(int dataset, int column) {
        return Arrays.binarySearch(reads, pair(dataset, column)) >= 0;
    }

    /// Whether it is known which columns of a dataset are read.
    boolean readsColumnsOf(int dataset) {
        int place = Arrays.binarySearch(reads, pair(dataset, 0));
        int first = place < 0 ? -place - 1 : place;
        return first < reads.length && (int) (reads[first] >>> 32) == dataset;
    }

    /// The columns that are read without being told what for.
    int[] readColumns() {
        return Arrays.stream(reads).mapToInt(each -> (int) each).toArray();
    }

    /// Columns from which it is known what they are used for, each once.
    int[] usedColumns() {
        return IntStream.concat(
                        IntStream.concat(Arrays.stream(from), Arrays.stream(wholeFrom)),
                        Arrays.stream(readColumns()))
                .sorted()
                .distinct()
                .toArray();
    }

    /// Whether it may use any column of an input, as it is not known which.
    boolean isVague(int input) {
        if (outputs.length == 0) {
            return !readsColumnsOf(input);
        }
        for (int output : outputs) {
            if (!isDescribed(output) && feeds(input, output)) {
                return true;
            }
        }
        return false;
    }

    int edgeCount() {
        return from.length + wholeFrom.length;
    }

    /// The same as names.
    Edges edges(Symbols symbols) {
        Set<ColumnEdge> columns = new LinkedHashSet<>();
        for (int place = 0; place < from.length; place++) {
            columns.add(
                    new ColumnEdge(
                            symbols.column(from[place]),
                            symbols.column(to[place]),
                            symbols.wayName(how[place])));
        }
        Set<WholeEdge> wholes = new LinkedHashSet<>();
        for (int place = 0; place < wholeFrom.length; place++) {
            wholes.add(
                    new WholeEdge(
                            symbols.column(wholeFrom[place]),
                            symbols.datasetName(wholeTo[place]),
                            symbols.wayName(wholeHow[place])));
        }
        Set<TableEdge> tableEdges = new LinkedHashSet<>();
        for (long edge : tables) {
            tableEdges.add(
                    new TableEdge(
                            symbols.datasetName((int) (edge >>> 32)),
                            symbols.datasetName((int) edge)));
        }
        Set<ColumnName> read = new LinkedHashSet<>();
        for (int column : readColumns()) {
            read.add(symbols.column(column));
        }
        Set<EntityName> jobs = new LinkedHashSet<>();
        for (int each : after) {
            jobs.add(symbols.jobName(each));
        }
        return new Edges(
                names(inputs, symbols),
                names(outputs, symbols),
                tableEdges,
                names(exact, symbols),
                columns,
                wholes,
                names(described, symbols),
                read,
                jobs);
    }

    private static Set<EntityName> names(int[] datasets, Symbols symbols) {
        Set<EntityName> names = new LinkedHashSet<>();
        for (int dataset : datasets) {
            names.add(symbols.datasetName(dataset));
        }
        return names;
    }
}
