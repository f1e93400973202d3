package dev.sheaf.context.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictCompress;

import java.util.HashMap;
import java.util.Map;

/// Puts a batch's body into its frame, compressed where that makes it smaller. Owns native memory;
/// not safe for threads.
public final class BatchCompression implements AutoCloseable {
    static final int MAGIC_FIRST = 0x53;
    static final int MAGIC_SECOND = 0x42;

    /// Says the length of the body itself.
    static final int VERSION_PLAIN = 1;

    /// Bare zstd, which says the length: without magic number and dictionary id.
    static final int VERSION_BARE = 2;

    static final int COMPRESSED = 0x01;
    static final int WITH_DICTIONARY = 0x02;

    /// Below this a frame's own bytes eat what it saves.
    private static final int BODY_BYTES_MIN = 48;

    private static final int LEVEL = 3;

    private final ZstdCompressCtx context =
            new ZstdCompressCtx()
                    .setLevel(LEVEL)
                    .setContentSize(true)
                    .setDictID(false)
                    .setMagicless(true);
    private final boolean compress;
    private final Map<Integer, ZstdDictCompress> prepared = new HashMap<>();
    private byte[] scratch = new byte[4_096];
    private int dictionary;

    private BatchCompression(boolean compress) {
        this.compress = compress;
    }

    /// Without a dictionary, until one is given.
    public static BatchCompression zstd() {
        return new BatchCompression(true);
    }

    /// Leaves bodies as they are.
    public static BatchCompression none() {
        return new BatchCompression(false);
    }

    /// Uses this dictionary from now on.
    public void use(CompressionDictionary chosen) {
        if (chosen.id() != dictionary) {
            context.loadDict(
                    prepared.computeIfAbsent(
                            chosen.id(), id -> new ZstdDictCompress(chosen.bytes(), LEVEL)));
            dictionary = chosen.id();
        }
    }

    /// Uses none from now on.
    public void useNone() {
        if (dictionary != 0) {
            context.loadDict(new byte[0]);
            dictionary = 0;
        }
    }

    byte[] frame(ByteWriter body) {
        if (!compress || body.size() < BODY_BYTES_MIN) {
            return plain(body);
        }
        int bound = (int) com.github.luben.zstd.Zstd.compressBound(body.size());
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        int length = context.compressByteArray(scratch, 0, bound, body.array(), 0, body.size());
        if (length >= body.size()) {
            return plain(body);
        }
        ByteWriter out = new ByteWriter(length + 16);
        header(out, VERSION_BARE, COMPRESSED | (dictionary == 0 ? 0 : WITH_DICTIONARY));
        out.raw(scratch, 0, length);
        return out.toByteArray();
    }

    private byte[] plain(ByteWriter body) {
        ByteWriter out = new ByteWriter(body.size() + 16);
        header(out, VERSION_PLAIN, 0);
        out.varint(body.size());
        out.raw(body);
        return out.toByteArray();
    }

    private void header(ByteWriter out, int version, int flags) {
        out.u8(MAGIC_FIRST);
        out.u8(MAGIC_SECOND);
        out.u8(version);
        out.u8(flags);
        if ((flags & WITH_DICTIONARY) != 0) {
            out.u32(dictionary);
        }
    }

    @Override
    public void close() {
        context.close();
        prepared.values().forEach(ZstdDictCompress::close);
    }
}
