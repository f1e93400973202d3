package dev.sheaf.registry.search;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is remembered for the viewers that searched last. For any thread.
final class Visibilities {
    /// Each takes a quarter of a byte for each version of a document.
    private static final int VIEWERS_MAX = 256;

    private final Map<Object, Visibility> byViewer =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Object, Visibility> eldest) {
                    return size() > VIEWERS_MAX;
                }
            };

    /// @param documents numbers that may be asked about
    synchronized Visibility of(Viewer viewer, int documents) {
        Visibility known =
                byViewer.computeIfAbsent(
                        viewer.key(), key -> new Visibility(viewer.round(), documents));
        known.ensure(documents);
        return known;
    }

    /// From now on this is what is remembered.
    synchronized void replace(Viewer viewer, Visibility renewed) {
        byViewer.put(viewer.key(), renewed);
    }

    synchronized void clear() {
        byViewer.clear();
    }
}
