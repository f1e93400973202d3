package dev.sheaf.governance.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: enough to add entries and to know the root. Takes one hash for
/// each bit of the size; adding an entry costs two hash computations on average.
///
/// For one thread.
public final class TreeFrontier {
    /// The complete subtrees that the tree consists of, the largest first: one for each bit of the
    /// size.
    private final List<TreeHash> subtrees;

    private long size;

    /// Sees each complete subtree when its last entry is added, smaller ones first.
    @FunctionalInterface
    public interface SubtreeConsumer {
        void accept(int level, TreeHash hash);
    }

    /// Of the empty tree.
    public TreeFrontier() {
        subtrees = new ArrayList<>();
    }

    /// Of a tree that is there.
    public TreeFrontier(Tree tree) {
        this();
        size = tree.size();
        long start = 0;
        for (long left = size; left > 0; left -= Long.highestOneBit(left)) {
            int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
            subtrees.add(tree.hashes().subtree(level, start >> level));
            start += Long.highestOneBit(left);
        }
    }

    public long size() {
        return size;
    }

    /// Adds an entry by its hash.
    ///
    /// @param completed sees the entry's hash as level 0, then each larger subtree that it ends
    public void add(TreeHash leaf, SubtreeConsumer completed) {
        completed.accept(0, leaf);
        TreeHash hash = leaf;
        int level = 0;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = TreeHash.node(subtrees.removeLast(), hash);
            level++;
            completed.accept(level, hash);
        }
        subtrees.add(hash);
        size++;
    }

    /// The root over everything that was added.
    public TreeHash root() {
        if (size == 0) {
            return TreeHash.EMPTY;
        }
        TreeHash root = subtrees.getLast();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = TreeHash.node(subtrees.get(i), root);
        }
        return root;
    }
}
