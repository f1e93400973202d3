package dev.sheaf.governance.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/// Hashes in memory, computed from the leaves by the definition of RFC 6962: the oracle.
final class MemoryHashes implements HashReader {
    private final List<TreeHash> leaves = new ArrayList<>();

    void add(TreeHash leaf) {
        leaves.add(leaf);
    }

    TreeHash leaf(int index) {
        return leaves.get(index);
    }

    @Override
    public TreeHash subtree(int level, long index) {
        int start = Math.toIntExact(index << level);
        return root(leaves.subList(start, start + (1 << level)));
    }

    TreeHash root(int size) {
        return root(leaves.subList(0, size));
    }

    private static TreeHash root(List<TreeHash> range) {
        if (range.isEmpty()) {
            return TreeHash.EMPTY;
        }
        if (range.size() == 1) {
            return range.getFirst();
        }
        int split = 1;
        while (split * 2 < range.size()) {
            split *= 2;
        }
        return TreeHash.node(
                root(range.subList(0, split)), root(range.subList(split, range.size())));
    }
}
