package dev.sheaf.context.type;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Gathers what is wrong, and knows on which line each part of the declaration stands.
final class Findings {
    private static final int FINDINGS_MAX = 200;

    private final Map<String, Integer> lines;
    private final List<Finding> all = new ArrayList<>();

    /// @param lines by JSON pointer
    Findings(Map<String, Integer> lines) {
        this.lines = lines;
    }

    void add(String pointer, String message) {
        Finding finding = new Finding(line(pointer), pointer, message);
        if (all.size() < FINDINGS_MAX && !all.contains(finding)) {
            all.add(finding);
        }
    }

    int count() {
        return all.size();
    }

    /// In the order of the lines.
    List<Finding> sorted() {
        return all.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    }

    /// The line of the thing, or of the nearest thing around it that is there.
    private int line(String pointer) {
        String here = pointer;
        while (!lines.containsKey(here)) {
            int slash = here.lastIndexOf('/');
            if (slash < 0) {
                return 1;
            }
            here = here.substring(0, slash);
        }
        return lines.getOrDefault(here, 1);
    }
}
