package dev.sheaf.context.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Which transactions lie between two versions. A version is the set of its last transactions, and
/// covers all that these build on.
final class TransactionGraph {
    private static final int HAVE = 1;
    private static final int WANT = 2;
    private static final int BOTH = HAVE | WANT;

    private final List<Trace.Transaction> transactions;

    TransactionGraph(List<Trace.Transaction> transactions) {
        this.transactions = transactions;
    }

    /// What `wanted` covers and `had` does not, in order; empty when `had` covers something that
    /// `wanted` does not, or more than `countMax` are missing.
    ///
    /// Walks back from both at once, the latest transaction first, until only common ones are left.
    Optional<List<Integer>> missing(List<Integer> had, List<Integer> wanted, int countMax) {
        PriorityQueue<Integer> open = new PriorityQueue<>(Collections.reverseOrder());
        Map<Integer, Integer> sides = new HashMap<>();
        had.forEach(index -> reach(index, HAVE, open, sides));
        wanted.forEach(index -> reach(index, WANT, open, sides));
        List<Integer> missing = new ArrayList<>();
        int onOneSide = (int) sides.values().stream().filter(side -> side != BOTH).count();
        while (onOneSide > 0) {
            Integer index = open.remove();
            int side = sides.getOrDefault(index, BOTH);
            sides.remove(index);
            if (side == HAVE) {
                return Optional.empty();
            }
            if (side == WANT) {
                onOneSide--;
                missing.add(index);
                if (missing.size() > countMax) {
                    return Optional.empty();
                }
            }
            for (Integer parent : transactions.get(index).parents()) {
                int before = sides.getOrDefault(parent, 0);
                int after = reach(parent, side, open, sides);
                onOneSide += (after == BOTH ? 0 : 1) - (before == BOTH || before == 0 ? 0 : 1);
            }
        }
        Collections.reverse(missing);
        return Optional.of(missing);
    }

    /// For each transaction, how many others of its own agent build on it directly.
    int[] ownChildren() {
        int[] counts = new int[transactions.size()];
        for (Trace.Transaction transaction : transactions) {
            for (Integer parent : transaction.parents()) {
                counts[parent] += transactions.get(parent).agent() == transaction.agent() ? 1 : 0;
            }
        }
        return counts;
    }

    private static int reach(
            Integer index, int side, PriorityQueue<Integer> open, Map<Integer, Integer> sides) {
        Integer known = sides.get(index);
        if (known == null) {
            open.add(index);
        }
        int joined = known == null ? side : known | side;
        sides.put(index, joined);
        return joined;
    }
}
