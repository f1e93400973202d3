package dev.sheaf.governance.audit.store;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Which terms a block of entries may have: says "perhaps" for a term that is there, and "no" for
/// 99 of 100 that are not (a Bloom filter of ten bits a term, seven of them asked).
final class TermFilter {
    private static final int BITS_PER_TERM = 10;
    private static final int PROBES = 7;
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] words;

    private TermFilter(long[] words) {
        this.words = words;
    }

    /// @param terms hashes, sorted, without duplicates
    static TermFilter of(long[] terms) {
        long[] words = new long[Math.max(1, (terms.length * BITS_PER_TERM + 63) / 64)];
        TermFilter filter = new TermFilter(words);
        for (long term : terms) {
            for (int i = 0; i < PROBES; i++) {
                int bit = filter.bit(term, i);
                words[bit >> 6] |= 1L << bit;
            }
        }
        return filter;
    }

    static TermFilter read(ByteBuffer source, int count) {
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = source.getLong();
        }
        return new TermFilter(words);
    }

    void write(ByteBuffer target) {
        for (long word : words) {
            target.putLong(word);
        }
    }

    int wordCount() {
        return words.length;
    }

    boolean mayHave(long term) {
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(term, i);
            if ((words[bit >> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private int bit(long term, int probe) {
        long step = term >>> 32 | 1;
        return (int) Long.remainderUnsigned(term + probe * step, words.length * 64L);
    }

    /// A term's hash: FNV-1a over the kind and the text's UTF-16 units, then mixed.
    static long hash(char kind, String text) {
        long hash = (FNV_START ^ kind) * FNV_PRIME;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TermFilter that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
