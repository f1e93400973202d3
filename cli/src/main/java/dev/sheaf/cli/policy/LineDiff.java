package dev.sheaf.cli.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The shortest way from one list of lines to another.
///
/// Source: E. Myers, An O(ND) Difference Algorithm and Its Variations (1986), the greedy one.
final class LineDiff {
    /// What becomes of a line.
    enum Kind {
        SAME(' '),
        REMOVED('-'),
        ADDED('+');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        /// As a unified diff has it.
        char mark() {
            return mark;
        }
    }

    record Edit(Kind kind, String line) {}

    /// Beyond it everything is said to be replaced, so that memory stays bounded.
    private static final int EDITS_MAX = 4_000;

    private final List<String> from;
    private final List<String> to;

    private LineDiff(List<String> from, List<String> to) {
        this.from = from;
        this.to = to;
    }

    /// Every line of both, in order.
    static List<Edit> between(List<String> from, List<String> to) {
        return new LineDiff(from, to).edits();
    }

    private List<Edit> edits() {
        List<int[]> steps = forward();
        if (steps.isEmpty()) {
            return everything();
        }
        List<Edit> edits = new ArrayList<>();
        int x = from.size();
        int y = to.size();
        for (int distance = steps.size() - 1; distance > 0; distance--) {
            int[] before = steps.get(distance - 1);
            boolean isDown = isDown(before, distance, x - y);
            int previous = isDown ? x - y + 1 : x - y - 1;
            int startX = reach(before, previous);
            int startY = startX - previous;
            while (x > startX && y > startY) {
                edits.add(new Edit(Kind.SAME, from.get(--x)));
                y--;
            }
            edits.add(
                    isDown
                            ? new Edit(Kind.ADDED, to.get(startY))
                            : new Edit(Kind.REMOVED, from.get(startX)));
            x = startX;
            y = startY;
        }
        while (x > 0) {
            edits.add(new Edit(Kind.SAME, from.get(--x)));
        }
        Collections.reverse(edits);
        return edits;
    }

    private List<Edit> everything() {
        List<Edit> edits = new ArrayList<>();
        from.forEach(line -> edits.add(new Edit(Kind.REMOVED, line)));
        to.forEach(line -> edits.add(new Edit(Kind.ADDED, line)));
        return edits;
    }

    /// How far each diagonal is reached with so many edits; diagonal `d` lies at `d + edits`. Empty
    /// when it takes too many.
    private List<int[]> forward() {
        List<int[]> steps = new ArrayList<>();
        for (int distance = 0; distance <= EDITS_MAX; distance++) {
            int[] reached = new int[2 * distance + 1];
            int[] before = distance == 0 ? new int[0] : steps.getLast();
            steps.add(reached);
            for (int diagonal = -distance; diagonal <= distance; diagonal += 2) {
                int x = 0;
                if (distance > 0) {
                    x =
                            isDown(before, distance, diagonal)
                                    ? reach(before, diagonal + 1)
                                    : reach(before, diagonal - 1) + 1;
                }
                int y = x - diagonal;
                while (x < from.size() && y < to.size() && from.get(x).equals(to.get(y))) {
                    x++;
                    y++;
                }
                reached[diagonal + distance] = x;
                if (x >= from.size() && y >= to.size()) {
                    return steps;
                }
            }
        }
        return List.of();
    }

    /// Whether a diagonal is reached by adding a line, not by removing one.
    private static boolean isDown(int[] before, int distance, int diagonal) {
        return diagonal == -distance
                || diagonal != distance
                        && reach(before, diagonal - 1) < reach(before, diagonal + 1);
    }

    private static int reach(int[] reached, int diagonal) {
        return reached[diagonal + reached.length / 2];
    }
}
