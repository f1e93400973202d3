package dev.sheaf.governance.audit.merkle;

import java.util.List;

/// Hashes that lead from one entry to the root of a tree that has it.
///
/// @param index of the entry, from 0
/// @param size of the tree
/// @param path from the entry's neighbour to the root's child
public record InclusionProof(long index, long size, List<TreeHash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /// Whether the entry with this hash is at the index in the tree with this root.
    ///
    /// Source: RFC 9162, section 2.1.3.2.
    public boolean proves(TreeHash leaf, TreeHash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        TreeHash hash = leaf;
        for (TreeHash next : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.node(next, hash);
                int above = Long.numberOfTrailingZeros(node);
                node >>= above;
                last >>= above;
            } else {
                hash = TreeHash.node(hash, next);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
