package dev.sheaf.cli.policy;

import dev.sheaf.cli.policy.LineDiff.Edit;
import dev.sheaf.cli.policy.LineDiff.Kind;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The changes of a file in the form of `diff -u`.
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String UNENDED = "\n\\ No newline at end of file";

    private final List<Edit> edits;

    private UnifiedDiff(List<Edit> edits) {
        this.edits = edits;
    }

    /// Its lines; none when the texts have the same lines.
    static List<String> lines(String file, String from, String to, Palette palette) {
        List<Edit> edits = LineDiff.between(split(from), split(to));
        List<String> hunks = new UnifiedDiff(edits).hunks(palette);
        if (hunks.isEmpty()) {
            return hunks;
        }
        List<String> lines = new ArrayList<>();
        lines.add(palette.bold("--- " + Glyphs.harmless(file)));
        lines.add(palette.bold("+++ " + Glyphs.harmless(file) + " (formatted)"));
        lines.addAll(hunks);
        return lines;
    }

    /// A last line without an end is another line than the same with one.
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + UNENDED);
        }
        return lines;
    }

    private List<String> hunks(Palette palette) {
        List<String> lines = new ArrayList<>();
        int end = 0;
        for (int change = next(0); change < edits.size(); change = next(end)) {
            int begin = Math.max(end, change - CONTEXT);
            end = end(change);
            lines.add(palette.accent(title(begin, end)));
            for (Edit edit : edits.subList(begin, end)) {
                lines.add(painted(edit, palette));
            }
        }
        return lines;
    }

    /// The first change from a place on.
    private int next(int from) {
        int at = from;
        while (at < edits.size() && edits.get(at).kind() == Kind.SAME) {
            at++;
        }
        return at;
    }

    /// Where the hunk ends that a change begins: changes that are near belong to it.
    private int end(int change) {
        int end = change;
        for (int at = change; at < edits.size() && at <= end + 2 * CONTEXT + 1; at++) {
            if (edits.get(at).kind() != Kind.SAME) {
                end = at;
            }
        }
        return Math.min(edits.size(), end + 1 + CONTEXT);
    }

    private String title(int begin, int end) {
        return "@@ -"
                + range(begin, end, Kind.ADDED)
                + " +"
                + range(begin, end, Kind.REMOVED)
                + " @@";
    }

    /// Of the side that lines of one kind are not on.
    private String range(int begin, int end, Kind absent) {
        long before = edits.subList(0, begin).stream().filter(e -> e.kind() != absent).count();
        long within = edits.subList(begin, end).stream().filter(e -> e.kind() != absent).count();
        return (within == 0 ? before : before + 1) + "," + within;
    }

    private static String painted(Edit edit, Palette palette) {
        boolean isEnded = !edit.line().endsWith(UNENDED);
        String line =
                isEnded
                        ? edit.line()
                        : edit.line().substring(0, edit.line().length() - UNENDED.length());
        String shown = edit.kind().mark() + harmless(line) + (isEnded ? "" : UNENDED);
        return switch (edit.kind()) {
            case SAME -> shown;
            case REMOVED -> palette.bad(shown);
            case ADDED -> palette.good(shown);
        };
    }

    /// Tabs stay, so that the changes can be applied.
    private static String harmless(String line) {
        return String.join("\t", Stream.of(line.split("\t", -1)).map(Glyphs::harmless).toList());
    }
}
