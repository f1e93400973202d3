package dev.sheaf.governance.audit.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Roots and proofs against the published vectors, and against the definition for every size up to
/// a bound.
final class TreeTest {
    private static final int SIZES = 70;

    /// The entries and roots that implementations of RFC 6962 test with.
    private static final String[] ENTRIES = {
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f"
    };

    private static final String[] ROOTS = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };

    private static MemoryHashes hashes(int size) {
        MemoryHashes hashes = new MemoryHashes();
        for (int i = 0; i < size; i++) {
            hashes.add(TreeHash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
        }
        return hashes;
    }

    @Test
    void rootsAreThePublishedOnes() {
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                HexFormat.of().formatHex(new Tree(0, new MemoryHashes()).root().bytes()));
        MemoryHashes hashes = new MemoryHashes();
        for (int i = 0; i < ENTRIES.length; i++) {
            hashes.add(TreeHash.leaf(HexFormat.of().parseHex(ENTRIES[i])));
            assertEquals(
                    ROOTS[i],
                    HexFormat.of().formatHex(new Tree(i + 1, hashes).root().bytes()),
                    "size " + (i + 1));
        }
    }

    @Test
    void theFrontierHasTheRootOfEachSizeAndCompletesEachSubtreeOnce() {
        MemoryHashes hashes = hashes(SIZES);
        TreeFrontier frontier = new TreeFrontier();
        List<String> completed = new ArrayList<>();
        for (int size = 0; size < SIZES; size++) {
            assertEquals(hashes.root(size), frontier.root());
            assertEquals(
                    frontier.root(), new TreeFrontier(new Tree(size, hashes)).root(), "resumed");
            long index = frontier.size();
            frontier.add(
                    hashes.leaf(size),
                    (level, hash) -> {
                        assertEquals(hashes.subtree(level, index >> level), hash);
                        completed.add(level + "/" + (index >> level));
                    });
        }
        assertEquals(completed.stream().distinct().toList(), completed);
        assertEquals(70 + 35 + 17 + 8 + 4 + 2 + 1, completed.size());
    }

    @Test
    void everyInclusionIsProvenAndNothingElse() {
        MemoryHashes hashes = hashes(SIZES);
        for (int size = 1; size <= SIZES; size++) {
            TreeHash root = hashes.root(size);
            for (int index = 0; index < size; index++) {
                InclusionProof proof = new Tree(size, hashes).inclusion(index);
                TreeHash leaf = hashes.leaf(index);
                assertTrue(proof.proves(leaf, root), index + " of " + size);
                assertEquals(size == 1, proof.proves(root, leaf));
                assertFalse(proof.proves(hashes.leaf((index + 1) % SIZES), root));
                assertFalse(new InclusionProof(index + 1, size, proof.path()).proves(leaf, root));
                assertFalse(new InclusionProof(-1, size, proof.path()).proves(leaf, root));
                assertWithoutOrWithOneMore(proof, leaf, root);
            }
        }
    }

    private static void assertWithoutOrWithOneMore(
            InclusionProof proof, TreeHash leaf, TreeHash root) {
        for (int left = 0; left < proof.path().size(); left++) {
            List<TreeHash> path = new ArrayList<>(proof.path());
            path.remove(left);
            assertFalse(new InclusionProof(proof.index(), proof.size(), path).proves(leaf, root));
            path.add(left, TreeHash.EMPTY);
            assertFalse(new InclusionProof(proof.index(), proof.size(), path).proves(leaf, root));
        }
        List<TreeHash> longer = new ArrayList<>(proof.path());
        longer.add(root);
        assertFalse(new InclusionProof(proof.index(), proof.size(), longer).proves(leaf, root));
    }

    @Test
    void everyContinuationIsProvenAndNothingElse() {
        MemoryHashes hashes = hashes(SIZES);
        for (int to = 0; to <= SIZES; to++) {
            TreeHash later = hashes.root(to);
            for (int from = 0; from <= to; from++) {
                TreeHash earlier = hashes.root(from);
                ConsistencyProof proof = new Tree(to, hashes).consistencyFrom(from);
                assertTrue(proof.proves(earlier, later), from + " to " + to);
                assertFalse(proof.proves(TreeHash.leaf(new byte[9]), later), from + " to " + to);
                if (from > 0) {
                    assertFalse(proof.proves(earlier, TreeHash.leaf(new byte[9])));
                    assertFalse(
                            new ConsistencyProof(from - 1, to, proof.path())
                                    .proves(earlier, later));
                }
                List<TreeHash> longer = new ArrayList<>(proof.path());
                longer.add(later);
                assertFalse(new ConsistencyProof(from, to, longer).proves(earlier, later));
                for (int left = 0; left < proof.path().size(); left++) {
                    List<TreeHash> path = new ArrayList<>(proof.path());
                    path.remove(left);
                    assertFalse(new ConsistencyProof(from, to, path).proves(earlier, later));
                }
            }
        }
    }

    @Test
    void aProofOfAHugeLogIsShort() {
        long size = 1L << 40;
        Tree tree = new Tree(size + 3, (level, index) -> TreeHash.EMPTY);
        assertEquals(41, tree.inclusion(5).path().size());
        assertThrows(IndexOutOfBoundsException.class, () -> tree.inclusion(size + 3));
        assertThrows(IndexOutOfBoundsException.class, () -> tree.consistencyFrom(size + 4));
        assertFalse(new ConsistencyProof(5, 4, List.of()).proves(TreeHash.EMPTY, TreeHash.EMPTY));
    }

    @Test
    void hashesAreReadInTheirCanonicalTextOnly() {
        TreeHash hash = TreeHash.leaf(new byte[0]);
        assertEquals(hash, TreeHash.parse(hash.toString()));
        String text = hash.toString();
        // The last character before the padding has two bits that say nothing.
        String other = text.substring(0, 42) + "1=";
        assertThrows(Problem.class, () -> TreeHash.parse(other));
        assertThrows(Problem.class, () -> TreeHash.parse(text.substring(0, 43)));
        assertThrows(Problem.class, () -> TreeHash.parse("AAAA"));
        assertThrows(Problem.class, () -> TreeHash.parse("ä"));
    }
}
