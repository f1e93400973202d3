package dev.sheaf.governance.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/// The tree over the first `size` entries: its root, and the proofs that can be made from it. Each
/// takes a number of hashes that grows with the logarithm of the size.
///
/// Source: RFC 6962, sections 2.1, 2.1.1 and 2.1.2.
public record Tree(long size, HashReader hashes) {
    public Tree {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no size " + size);
        }
    }

    public TreeHash root() {
        return size == 0 ? TreeHash.EMPTY : range(0, size);
    }

    /// Shows that an entry is in this tree.
    ///
    /// @throws IndexOutOfBoundsException when it is not
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("entry " + index + " of " + size);
        }
        List<TreeHash> path = new ArrayList<>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + splitOf(end - start);
            if (index < middle) {
                path.add(range(middle, end));
                end = middle;
            } else {
                path.add(range(start, middle));
                start = middle;
            }
        }
        return new InclusionProof(index, size, path.reversed());
    }

    /// Shows that this tree continues the one over the first entries.
    ///
    /// @param from the size of that tree
    /// @throws IndexOutOfBoundsException when it is larger than this
    public ConsistencyProof consistencyFrom(long from) {
        if (from < 0 || from > size) {
            throw new IndexOutOfBoundsException("size " + from + " of " + size);
        }
        List<TreeHash> path = new ArrayList<>();
        if (from == 0) {
            return new ConsistencyProof(from, size, path);
        }
        long start = 0;
        long end = size;
        while (from < end) {
            long middle = start + splitOf(end - start);
            if (from <= middle) {
                path.add(range(middle, end));
                end = middle;
            } else {
                path.add(range(start, middle));
                start = middle;
            }
        }
        if (start > 0) {
            path.add(range(start, end));
        }
        return new ConsistencyProof(from, size, path.reversed());
    }

    /// The hash over the entries from `start` to before `end`, as the tree cuts it.
    private TreeHash range(long start, long end) {
        long length = end - start;
        if (Long.bitCount(length) == 1) {
            int level = Long.numberOfTrailingZeros(length);
            return hashes.subtree(level, start >> level);
        }
        long middle = start + splitOf(length);
        return TreeHash.node(range(start, middle), range(middle, end));
    }

    /// The largest power of two below the length.
    private static long splitOf(long length) {
        return Long.highestOneBit(length - 1);
    }
}
