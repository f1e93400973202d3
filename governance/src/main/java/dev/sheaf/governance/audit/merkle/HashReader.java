package dev.sheaf.governance.audit.merkle;

/// Gives the hashes of complete subtrees, wherever they are kept.
@FunctionalInterface
public interface HashReader {
    /// The hash of 2^level entries, of which the first is number `index` times 2^level.
    ///
    /// @param level 0 for an entry itself, up to 62
    /// @param index counted from 0 in its level; all entries below it are in the tree
    /// @throws dev.sheaf.kernel.Problem STORAGE_FAILED when it cannot be read
    TreeHash subtree(int level, long index);
}
