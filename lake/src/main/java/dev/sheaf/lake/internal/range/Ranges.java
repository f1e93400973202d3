package dev.sheaf.lake.internal.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A set of byte positions, kept as disjoint ranges. Not safe for use by many threads.
final class Ranges {
    /// @param end exclusive
    record Range(long start, long end) {
        long length() {
            return end - start;
        }
    }

    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    void add(long start, long end) {
        if (start >= end) {
            return;
        }
        long from = start;
        long to = end;
        Map.Entry<Long, Long> before = endByStart.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        for (Map.Entry<Long, Long> inside = endByStart.ceilingEntry(from);
                inside != null && inside.getKey() <= to;
                inside = endByStart.ceilingEntry(from)) {
            to = Math.max(to, inside.getValue());
            endByStart.remove(inside.getKey());
        }
        endByStart.put(from, to);
    }

    List<Range> list() {
        List<Range> ranges = new ArrayList<>();
        endByStart.forEach((start, end) -> ranges.add(new Range(start, end)));
        return ranges;
    }

    long bytes() {
        return list().stream().mapToLong(Range::length).sum();
    }

    /// What this set has and the other has not; ranges that lie at most `gapMax` apart are joined,
    /// since a request costs more than the bytes between.
    List<Range> missingFrom(Ranges other, long gapMax) {
        List<Range> missing = new ArrayList<>();
        for (Range range : list()) {
            long position = range.start();
            for (Range there : other.list()) {
                if (there.end() <= position || there.start() >= range.end()) {
                    continue;
                }
                if (there.start() > position) {
                    missing.add(new Range(position, there.start()));
                }
                position = Math.max(position, there.end());
            }
            if (position < range.end()) {
                missing.add(new Range(position, range.end()));
            }
        }
        return joined(missing, gapMax);
    }

    private static List<Range> joined(List<Range> ranges, long gapMax) {
        List<Range> joined = new ArrayList<>();
        for (Range range : ranges) {
            if (!joined.isEmpty() && range.start() - joined.getLast().end() <= gapMax) {
                joined.add(new Range(joined.removeLast().start(), range.end()));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
