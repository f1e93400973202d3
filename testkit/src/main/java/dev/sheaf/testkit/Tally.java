package dev.sheaf.testkit;

import java.util.Map;
import java.util.TreeMap;

/// Counts of what happened in a simulation.
final class Tally {
    private final Map<String, long[]> counts = new TreeMap<>();
    long checks;
    long events;
    long applied;

    void count(String what) {
        counts.computeIfAbsent(what, name -> new long[1])[0]++;
    }

    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count[0]));
        return all;
    }
}
