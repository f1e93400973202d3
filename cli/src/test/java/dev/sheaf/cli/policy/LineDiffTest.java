package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.policy.LineDiff.Edit;
import dev.sheaf.cli.policy.LineDiff.Kind;
import dev.sheaf.cli.terminal.Palette;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

final class LineDiffTest {
    @Test
    void theEditsLeadFromOneToTheOtherByTheShortestWay() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            List<String> from = lines(random, 12);
            List<String> to = lines(random, 12);
            List<Edit> edits = LineDiff.between(from, to);
            assertEquals(from, side(edits, Kind.ADDED), "round " + round);
            assertEquals(to, side(edits, Kind.REMOVED), "round " + round);
            long same = edits.stream().filter(edit -> edit.kind() == Kind.SAME).count();
            assertEquals(commonLength(from, to), same, "round " + round);
        }
    }

    private static List<String> lines(Random random, int max) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(max); i > 0; i--) {
            lines.add(String.valueOf((char) ('a' + random.nextInt(4))));
        }
        return lines;
    }

    private static List<String> side(List<Edit> edits, Kind absent) {
        return edits.stream().filter(edit -> edit.kind() != absent).map(Edit::line).toList();
    }

    /// By the table of all prefixes.
    private static long commonLength(List<String> from, List<String> to) {
        int[][] length = new int[from.size() + 1][to.size() + 1];
        for (int i = 1; i <= from.size(); i++) {
            for (int j = 1; j <= to.size(); j++) {
                length[i][j] =
                        from.get(i - 1).equals(to.get(j - 1))
                                ? length[i - 1][j - 1] + 1
                                : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[from.size()][to.size()];
    }

    @Test
    void whatHasNothingInCommonIsReplaced() {
        List<String> from = Collections.nCopies(5_000, "a");
        List<Edit> edits = LineDiff.between(from, List.of("b"));
        assertEquals(from, side(edits, Kind.ADDED));
        assertEquals(List.of("b"), side(edits, Kind.REMOVED));
    }

    @Test
    void changesThatAreNearShareAHunk() {
        String from = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n";
        String to = from.replace("3\n4", "3\nx").replace("\n8\n", "\n").replace("20\n", "20\n21");
        assertEquals(
                """
                --- a.rego
                +++ a.rego (formatted)
                @@ -1,11 +1,10 @@
                 1
                 2
                 3
                -4
                +x
                 5
                 6
                 7
                -8
                 9
                 10
                 11
                @@ -18,3 +17,4 @@
                 18
                 19
                 20
                +21
                \\ No newline at end of file
                """,
                String.join("\n", UnifiedDiff.lines("a.rego", from, to, Palette.OFF)) + "\n");
    }

    @Test
    void anEndOfTheLastLineIsAChange() {
        List<String> lines = UnifiedDiff.lines("a.rego", "\tx", "\tx\n", Palette.OFF);
        assertEquals(
                List.of(
                        "--- a.rego",
                        "+++ a.rego (formatted)",
                        "@@ -1,1 +1,1 @@",
                        "-\tx\n\\ No newline at end of file",
                        "+\tx"),
                lines);
        assertTrue(UnifiedDiff.lines("a.rego", "x\n", "x\n", Palette.OFF).isEmpty());
    }
}
