package dev.sheaf.lineage;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Follows the graph from one place, breadth first, each place once: cycles end by themselves. Made
/// for one question, under the graph's lock.
final class Walk {
    private static final int NONE = -1;

    private final LineageGraph graph;
    private final Symbols symbols;
    private final Question question;
    private final Visits visits = new Visits();
    private final Touches touches;

    /// Owner and dataset, in one number: what the whole of that dataset depends on is noted.
    private final Set<Long> wholesDone = new HashSet<>();

    Walk(LineageGraph graph, Question question) {
        this.graph = graph;
        this.symbols = graph.symbols;
        this.question = question;
        this.touches = new Touches(graph.ownerCount());
    }

    /// @return empty when the start is not known
    Optional<Reach> reach() {
        if (!start()) {
            return Optional.empty();
        }
        int started = visits.size();
        for (int index = 0; index < visits.size(); index++) {
            boolean isDown = question.direction() == Question.Direction.DOWNSTREAM;
            switch (visits.kind(index)) {
                case Visits.COLUMN -> column(index, isDown);
                case Visits.DATASET -> dataset(index, isDown);
                default -> owner(index, isDown);
            }
        }
        return Optional.of(
                new ReachMaker(graph, visits, touches, started).make(question.hitsMax()));
    }

    private boolean start() {
        return switch (question.start()) {
            case Question.Start.Data(EntityName name, Optional<String> column) ->
                    column.isPresent() ? startAt(name, column.get()) : startAt(name);
            case Question.Start.Owner(OwnerKey.Kind kind, EntityName name) -> {
                IntList owners = graph.ownersOf(name);
                for (int index = 0; index < owners.size(); index++) {
                    int owner = owners.get(index);
                    if (graph.contribution(owner).key.kind() == kind) {
                        visits.visit(Visits.OWNER, owner, NONE, NONE, NONE, 0);
                    }
                }
                yield visits.size() > 0;
            }
        };
    }

    private boolean startAt(EntityName name) {
        int dataset = symbols.findDataset(name);
        if (dataset < 0) {
            return false;
        }
        visits.visit(Visits.DATASET, dataset, NONE, NONE, NONE, 0);
        return true;
    }

    private boolean startAt(EntityName name, String column) {
        int dataset = symbols.findDataset(name);
        if (dataset < 0) {
            return false;
        }
        for (int member : graph.members(dataset)) {
            int id = symbols.findColumn(member, column);
            if (id >= 0) {
                visits.visit(Visits.COLUMN, id, NONE, NONE, NONE, 0);
            }
        }
        return visits.size() > 0;
    }

    private void column(int index, boolean isDown) {
        int column = visits.id(index);
        int dataset = symbols.datasetOf(column);
        int depth = visits.depth(index);
        int[] members = graph.members(dataset);
        for (int member : members) {
            int same =
                    member == dataset
                            ? column
                            : symbols.findColumn(member, symbols.columnName(column));
            if (same >= 0) {
                visits.visit(Visits.COLUMN, same, index, NONE, NONE, depth);
            }
            // Under another name that column goes on for itself.
            if (depth < question.depthMax() && (member == dataset || same < 0)) {
                if (isDown) {
                    down(index, member, same);
                } else {
                    up(index, member, same);
                }
            }
        }
    }

    /// From a column to what owners make of it.
    ///
    /// @param column -1 where the dataset is not known to have it
    private void down(int index, int dataset, int column) {
        int depth = visits.depth(index) + 1;
        IntList users = column < 0 ? IntList.NONE : graph.users(column);
        for (int place = 0; place < users.size(); place++) {
            int owner = users.get(place);
            Contribution edges = graph.contribution(owner);
            uses(index, owner, edges, column);
            passed(index, owner, edges, depth);
        }
        if (isOfWhole(index)) {
            return;
        }
        IntList vague = graph.vague(dataset);
        for (int place = 0; place < vague.size(); place++) {
            int owner = vague.get(place);
            Contribution edges = graph.contribution(owner);
            for (int output : edges.outputs) {
                if (!edges.isDescribed(output) && edges.feeds(dataset, output)) {
                    visits.visit(Visits.DATASET, output, index, owner, NONE, depth);
                }
            }
            passed(index, owner, edges, depth);
        }
    }

    private void uses(int index, int owner, Contribution edges, int column) {
        int depth = visits.depth(index) + 1;
        for (int place = edges.firstFrom(column);
                place < edges.from.length && edges.from[place] == column;
                place++) {
            visits.visit(Visits.COLUMN, edges.to[place], index, owner, edges.how[place], depth);
        }
        for (int place = edges.firstWholeFrom(column);
                place < edges.wholeFrom.length && edges.wholeFrom[place] == column;
                place++) {
            visits.visit(
                    Visits.DATASET,
                    edges.wholeTo[place],
                    index,
                    owner,
                    edges.wholeHow[place],
                    depth);
        }
    }

    private void up(int index, int dataset, int column) {
        IntList writers = graph.writers(dataset);
        for (int place = 0; place < writers.size(); place++) {
            int owner = writers.get(place);
            up(index, owner, graph.contribution(owner), dataset, column);
        }
    }

    /// Whether a column is reached because all of its dataset is: what is not known by columns is
    /// followed from there.
    private boolean isOfWhole(int index) {
        int parent = visits.parent(index);
        return parent >= 0 && visits.via(index) == NONE && visits.kind(parent) == Visits.DATASET;
    }

    private void up(int index, int owner, Contribution edges, int dataset, int column) {
        int depth = visits.depth(index) + 1;
        if (column >= 0) {
            for (int number = edges.firstTo(column); number < edges.to.length; number++) {
                int place = edges.placeByTo(number);
                if (edges.to[place] != column) {
                    break;
                }
                visits.visit(
                        Visits.COLUMN, edges.from[place], index, owner, edges.how[place], depth);
            }
        }
        wholes(index, owner, edges, dataset, depth);
        if (isOfWhole(index)) {
            return;
        }
        if (!edges.isDescribed(dataset)) {
            for (int input : edges.inputs) {
                if (edges.feeds(input, dataset)) {
                    visits.visit(Visits.DATASET, input, index, owner, NONE, depth);
                }
            }
        }
        before(index, owner, edges, depth);
    }

    /// From a dataset to the columns that all of it depends on.
    private void wholes(int index, int owner, Contribution edges, int dataset, int depth) {
        if (edges.wholeTo.length == 0 || !wholesDone.add(((long) owner << 32) | dataset)) {
            return;
        }
        for (int place = 0; place < edges.wholeTo.length; place++) {
            if (edges.wholeTo[place] == dataset) {
                visits.visit(
                        Visits.COLUMN,
                        edges.wholeFrom[place],
                        index,
                        owner,
                        edges.wholeHow[place],
                        depth);
            }
        }
    }

    /// All of a dataset: each of its columns, and what is only known of the whole.
    private void dataset(int index, boolean isDown) {
        int dataset = visits.id(index);
        int depth = visits.depth(index);
        for (int member : graph.members(dataset)) {
            visits.visit(Visits.DATASET, member, index, NONE, NONE, depth);
        }
        IntList columns = symbols.columnsOf(dataset);
        for (int place = 0; place < columns.size(); place++) {
            visits.visit(Visits.COLUMN, columns.get(place), index, NONE, NONE, depth);
        }
        if (depth == question.depthMax()) {
            return;
        }
        IntList owners = isDown ? graph.readers(dataset) : graph.writers(dataset);
        for (int place = 0; place < owners.size(); place++) {
            int owner = owners.get(place);
            Contribution edges = graph.contribution(owner);
            for (int other : isDown ? edges.outputs : edges.inputs) {
                int from = isDown ? dataset : other;
                int to = isDown ? other : dataset;
                boolean isByColumns = edges.isDescribed(to) && edges.hasColumns(from, to);
                if (edges.feeds(from, to) && !isByColumns) {
                    visits.visit(Visits.DATASET, other, index, owner, NONE, depth + 1);
                }
            }
            if (isDown) {
                passed(index, owner, edges, depth + 1);
            } else {
                wholes(index, owner, edges, dataset, depth + 1);
                before(index, owner, edges, depth + 1);
            }
        }
    }

    /// The owner is concerned, and with it those that come after it.
    private void passed(int index, int owner, Contribution edges, int depth) {
        touches.add(owner, index, depth);
        IntList after = graph.followers(edges.job);
        for (int place = 0; place < after.size(); place++) {
            visits.visit(Visits.OWNER, after.get(place), index, owner, NONE, depth);
        }
    }

    private void before(int index, int owner, Contribution edges, int depth) {
        touches.add(owner, index, depth);
        for (int job : edges.after) {
            IntList before = graph.ownersOfJob(job);
            for (int place = 0; place < before.size(); place++) {
                visits.visit(Visits.OWNER, before.get(place), index, owner, NONE, depth);
            }
        }
    }

    /// All that an owner makes, or takes.
    private void owner(int index, boolean isDown) {
        int owner = visits.id(index);
        int depth = visits.depth(index);
        if (visits.parent(index) >= 0) {
            touches.add(owner, visits.parent(index), depth + 1);
        }
        if (depth == question.depthMax()) {
            return;
        }
        Contribution edges = graph.contribution(owner);
        for (int output : isDown ? edges.outputs : new int[0]) {
            visits.visit(Visits.DATASET, output, index, owner, NONE, depth + 1);
        }
        if (!isDown) {
            for (int column : edges.readColumns()) {
                visits.visit(Visits.COLUMN, column, index, owner, NONE, depth + 1);
            }
            for (int input : edges.inputs) {
                if (!edges.readsColumnsOf(input)) {
                    visits.visit(Visits.DATASET, input, index, owner, NONE, depth + 1);
                }
            }
        }
        IntList next = isDown ? graph.followers(edges.job) : new IntList();
        for (int place = 0; place < next.size(); place++) {
            visits.visit(Visits.OWNER, next.get(place), index, owner, NONE, depth + 1);
        }
        for (int job : isDown ? new int[0] : edges.after) {
            IntList before = graph.ownersOfJob(job);
            for (int place = 0; place < before.size(); place++) {
                visits.visit(Visits.OWNER, before.get(place), index, owner, NONE, depth + 1);
            }
        }
    }
}
