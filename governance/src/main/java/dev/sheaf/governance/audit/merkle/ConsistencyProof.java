package dev.sheaf.governance.audit.merkle;

import java.util.List;

/// Hashes that lead from an earlier root to a later one: nothing before was changed or taken away.
///
/// @param from the size of the earlier tree
/// @param to the size of the later tree
public record ConsistencyProof(long from, long to, List<TreeHash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /// Whether the tree with the later root begins with the one with the earlier root.
    ///
    /// Source: RFC 9162, section 2.1.4.2.
    public boolean proves(TreeHash earlier, TreeHash later) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == 0) {
            return path.isEmpty() && earlier.equals(TreeHash.EMPTY);
        }
        if (from == to) {
            return path.isEmpty() && earlier.equals(later);
        }
        int complete = Long.numberOfTrailingZeros(from);
        boolean isSubtree = Long.bitCount(from) == 1;
        if (path.isEmpty() && !isSubtree) {
            return false;
        }
        long node = (from - 1) >> complete;
        long last = (to - 1) >> complete;
        TreeHash before = isSubtree ? earlier : path.getFirst();
        TreeHash after = before;
        for (TreeHash next : isSubtree ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                before = TreeHash.node(next, before);
                after = TreeHash.node(next, after);
                int above = Long.numberOfTrailingZeros(node);
                node >>= above;
                last >>= above;
            } else {
                after = TreeHash.node(after, next);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && before.equals(earlier) && after.equals(later);
    }
}
