package dev.sheaf.context.document;

import dev.sheaf.context.sequence.ValueSequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A turn that was answered by several regions at the same time.
///
/// @param turn the index of the turn in the list, or -1 for the beginning
/// @param starts the indices of the first turns of the branches behind it, at least two, rising; a
///   branch goes to the start of the next
public record Branching(int turn, List<Integer> starts) {
    public Branching {
        starts = List.copyOf(starts);
    }

    static List<Branching> of(ValueSequence<Object> turns) {
        Map<Long, List<Integer>> answers = new LinkedHashMap<>();
        int[] index = {0};
        turns.forEach((dot, _) -> {
            if (turns.isFollower(dot)) {
                answers.computeIfAbsent(answered(turns, dot), _ -> new ArrayList<>()).add(index[0]);
            }
            index[0]++;
        });
        List<Branching> branchings = new ArrayList<>();
        answers.forEach((turn, starts) -> {
            if (starts.size() > 1) {
                branchings.add(new Branching(turn == 0 ? -1 : turns.indexOf(turn), starts));
            }
        });
        return branchings;
    }

    /// The turn that it was put behind, or the nearest before that which is still there; 0 for the
    /// beginning.
    private static long answered(ValueSequence<Object> turns, long dot) {
        long before = turns.leftOf(dot);
        while (before != 0 && !turns.isAlive(before)) {
            before = turns.leftOf(before);
        }
        return before;
    }
}
