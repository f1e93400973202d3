package dev.sheaf.schemas.json;

import dev.sheaf.schemas.Incompatibility;

import java.util.ArrayList;
import java.util.List;

/// Where a reader does not take what was written, as it is found; bounded.
final class Findings {
    private static final int FINDINGS_MAX = 50;

    private final List<Incompatibility> all = new ArrayList<>();

    boolean add(String path, String kind, String message) {
        Incompatibility found = new Incompatibility(path, kind, message);
        if (all.size() < FINDINGS_MAX && !all.contains(found)) {
            all.add(found);
        }
        return false;
    }

    boolean addAll(Findings others) {
        others.all.forEach(each -> add(each.path(), each.kind(), each.message()));
        return false;
    }

    int size() {
        return all.size();
    }

    List<Incompatibility> list() {
        return List.copyOf(all);
    }
}
