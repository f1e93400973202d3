package dev.sheaf.context.runtime;

import java.nio.charset.StandardCharsets;

/// Which shard a document belongs to, `spec/context.md` section 1: the same everywhere, for ever.
public final class Shards {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Shards() {}

    /// @param shards how many there are
    public static int of(DocumentKey key, int shards) {
        return (int) Long.remainderUnsigned(hash(key.type(), key.id()), shards);
    }

    static long hash(String type, String id) {
        return mix(fnv(fnv(FNV_BASIS, type) * FNV_PRIME, id));
    }

    /// FNV-1a of the UTF-8 bytes, going on from a hash.
    static long fnv(long hash, String text) {
        long result = hash;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return fnvBytes(result, text.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            result = (result ^ c) * FNV_PRIME;
        }
        return result;
    }

    private static long fnvBytes(long hash, byte[] bytes) {
        long result = hash;
        for (byte b : bytes) {
            result = (result ^ b & 0xff) * FNV_PRIME;
        }
        return result;
    }

    /// MurmurHash3's finaliser.
    static long mix(long hash) {
        long x = hash;
        x ^= x >>> 33;
        x *= 0xff51afd7ed558ccdL;
        x ^= x >>> 33;
        x *= 0xc4ceb9fe1a85ec53L;
        x ^= x >>> 33;
        return x;
    }
}
