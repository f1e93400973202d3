package dev.sheaf.lineage;

import dev.sheaf.lineage.Reach.DatasetHit;
import dev.sheaf.lineage.Reach.OwnerHit;
import dev.sheaf.lineage.Reach.Step;
import dev.sheaf.lineage.Reach.Through;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts what a walk has found into names: of all it is counted how much there is, of the nearest it
/// is told how they are reached. For one walk.
final class ReachMaker {
    private final LineageGraph graph;
    private final Symbols symbols;
    private final Visits visits;
    private final Touches touches;
    private final int started;

    /// The visits of a dataset, whatever its name was.
    private static final class Found {
        private final int first;
        private boolean isWhole;
        private final IntList columns = new IntList();

        Found(int first) {
            this.first = first;
        }
    }

    /// @param started so many of the visits are where the walk began
    ReachMaker(LineageGraph graph, Visits visits, Touches touches, int started) {
        this.graph = graph;
        this.symbols = graph.symbols;
        this.visits = visits;
        this.touches = touches;
        this.started = started;
    }

    Reach make(int hitsMax) {
        Map<Integer, Found> found = new java.util.LinkedHashMap<>();
        int[] shown = new int[symbols.datasetCount()];
        int columns = 0;
        for (int index = started; index < visits.size(); index++) {
            int kind = visits.kind(index);
            if (kind == Visits.OWNER || isOfStart(index)) {
                continue;
            }
            int id = visits.id(index);
            int dataset = kind == Visits.DATASET ? id : symbols.datasetOf(id);
            if (shown[dataset] == 0) {
                shown[dataset] = graph.shown(dataset) + 1;
            }
            int place = index;
            Found hit = found.computeIfAbsent(shown[dataset] - 1, any -> new Found(place));
            if (kind == Visits.DATASET) {
                hit.isWhole = true;
            } else {
                hit.columns.add(id);
                columns++;
            }
        }
        List<DatasetHit> datasets = new ArrayList<>();
        for (Map.Entry<Integer, Found> each : found.entrySet()) {
            if (datasets.size() == hitsMax) {
                break;
            }
            datasets.add(hit(each.getKey(), each.getValue()));
        }
        List<OwnerHit> owners = new ArrayList<>();
        for (int place = 0; place < touches.owners().size() && place < hitsMax; place++) {
            owners.add(owner(touches.owners().get(place)));
        }
        return new Reach(datasets, owners, found.size(), columns, touches.owners().size());
    }

    /// Its own columns and other names are reached without any job between.
    private boolean isOfStart(int index) {
        return visits.depth(index) == 0;
    }

    private DatasetHit hit(int dataset, Found found) {
        Set<String> names = new LinkedHashSet<>();
        for (int place = 0; place < found.columns.size(); place++) {
            if (names.size() == Reach.COLUMNS_MAX) {
                break;
            }
            names.add(symbols.columnName(found.columns.get(place)));
        }
        return new DatasetHit(
                symbols.datasetName(dataset),
                visits.depth(found.first),
                found.isWhole,
                List.copyOf(names),
                found.columns.size(),
                path(found.first));
    }

    private OwnerHit owner(int owner) {
        IntList places = touches.of(owner);
        boolean hasColumns = false;
        for (int place = 0; place < places.size(); place++) {
            hasColumns |= visits.kind(places.get(place)) == Visits.COLUMN;
        }
        List<Through> through = new ArrayList<>();
        int count = 0;
        for (int place = 0; place < places.size(); place++) {
            int index = places.get(place);
            int kind = visits.kind(index);
            // Whoever uses columns is not told of the dataset as a whole again.
            if (kind == Visits.OWNER || (kind == Visits.DATASET && hasColumns)) {
                continue;
            }
            count++;
            if (through.size() < Reach.COLUMNS_MAX) {
                through.add(through(index, through.size() < Reach.PATHS_MAX));
            }
        }
        return new OwnerHit(graph.contribution(owner).key, touches.depth(owner), through, count);
    }

    private Through through(int index, boolean hasPath) {
        Step here = step(index, -1, -1);
        return new Through(here.dataset(), here.column(), hasPath ? path(index) : List.of());
    }

    /// From the start to a place. Places that only differ in name from the next are left out.
    private List<Step> path(int last) {
        List<Step> steps = new ArrayList<>();
        int index = last;
        while (index >= 0 && steps.size() < Reach.STEPS_MAX) {
            int place = index;
            int via = visits.via(index);
            int way = visits.way(index);
            while (via < 0 && visits.parent(index) >= 0) {
                index = visits.parent(index);
                via = visits.via(index);
                way = visits.way(index);
            }
            if (visits.kind(place) != Visits.OWNER) {
                steps.add(step(place, via, way));
            }
            index = visits.parent(index);
        }
        Collections.reverse(steps);
        return steps;
    }

    private Step step(int index, int via, int way) {
        int id = visits.id(index);
        boolean isColumn = visits.kind(index) == Visits.COLUMN;
        int dataset = isColumn ? symbols.datasetOf(id) : id;
        return new Step(
                symbols.datasetName(graph.shown(dataset)),
                isColumn ? Optional.of(symbols.columnName(id)) : Optional.empty(),
                via < 0 ? Optional.empty() : Optional.of(graph.contribution(via).key),
                symbols.wayName(way));
    }
}
