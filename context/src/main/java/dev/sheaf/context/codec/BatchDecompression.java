package dev.sheaf.context.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// Takes a batch's body out of its frame. Owns native memory; not safe for threads.
public final class BatchDecompression implements AutoCloseable {
    /// The largest body that is taken, `spec/context.md` section 5.4.
    public static final int RAW_BYTES_MAX = 32 << 20;

    /// No body that a node writes is packed more tightly; a bomb would be.
    private static final int RATIO_MAX = 1_000;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final IntFunction<Optional<CompressionDictionary>> dictionaries;
    private final Map<Integer, ZstdDictDecompress> prepared = new HashMap<>();
    private byte[] body = new byte[0];
    private int loaded;

    /// @param dictionaries the dictionary with an id, if it is known
    public BatchDecompression(IntFunction<Optional<CompressionDictionary>> dictionaries) {
        this.dictionaries = dictionaries;
    }

    /// The body, valid until the next call.
    ///
    /// @throws Problem UNREADABLE_INPUT when the frame is not what the specification says
    ByteReader body(byte[] frame, int offset, int length) {
        ByteReader in = new ByteReader(frame, offset, length);
        if (in.u8() != BatchCompression.MAGIC_FIRST || in.u8() != BatchCompression.MAGIC_SECOND) {
            throw in.fault("is not a batch of events");
        }
        int version = in.u8();
        boolean bare = version == BatchCompression.VERSION_BARE;
        if (!bare && version != BatchCompression.VERSION_PLAIN) {
            throw in.fault("is a batch of version " + version + "; this node reads 1 and 2");
        }
        int flags = in.u8();
        if ((flags & ~(BatchCompression.COMPRESSED | BatchCompression.WITH_DICTIONARY)) != 0) {
            throw in.fault("has unknown flags " + flags);
        }
        if (bare && (flags & BatchCompression.COMPRESSED) == 0) {
            throw in.fault("is a batch of version 2 and not compressed");
        }
        int dictionary = (flags & BatchCompression.WITH_DICTIONARY) != 0 ? in.u32() : 0;
        int rawLength =
                bare ? bareLength(frame, in) : in.varint(RAW_BYTES_MAX, "the length of the body");
        if ((flags & BatchCompression.COMPRESSED) == 0) {
            if (rawLength != in.remaining()) {
                throw in.fault("has " + in.remaining() + " bytes of body and says " + rawLength);
            }
            return in;
        }
        if (rawLength > (long) in.remaining() * RATIO_MAX) {
            throw in.fault("says that " + in.remaining() + " bytes unpack to " + rawLength);
        }
        if (dictionary != loaded) {
            load(dictionary);
        }
        context.setMagicless(bare);
        return unpacked(frame, in, rawLength);
    }

    private static int bareLength(byte[] frame, ByteReader in) {
        long length = Zstd.getFrameContentSize(frame, in.position(), in.remaining(), true);
        if (length < 0 || length > RAW_BYTES_MAX) {
            throw in.fault("does not say its length, or one above " + RAW_BYTES_MAX);
        }
        return (int) length;
    }

    private ByteReader unpacked(byte[] frame, ByteReader in, int rawLength) {
        if (body.length < rawLength) {
            body = new byte[Math.max(rawLength, 4_096)];
        }
        try {
            int unpacked =
                    context.decompressByteArray(
                            body, 0, rawLength, frame, in.position(), in.remaining());
            if (unpacked != rawLength) {
                throw in.fault("unpacks to " + unpacked + " bytes and says " + rawLength);
            }
        } catch (ZstdException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "the batch's compressed body is damaged: " + e.getMessage(),
                    e);
        }
        return new ByteReader(body, 0, rawLength);
    }

    private void load(int dictionary) {
        if (dictionary == 0) {
            context.reset();
        } else {
            ZstdDictDecompress known = prepared.get(dictionary);
            if (known == null) {
                known = new ZstdDictDecompress(dictionary(dictionary).bytes());
                prepared.put(dictionary, known);
            }
            context.loadDict(known);
        }
        loaded = dictionary;
    }

    private CompressionDictionary dictionary(int id) {
        return dictionaries
                .apply(id)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.UNREADABLE_INPUT,
                                "the batch is packed with the dictionary "
                                        + Integer.toHexString(id)
                                        + ", which this node does not have"));
    }

    @Override
    public void close() {
        context.close();
        prepared.values().forEach(ZstdDictDecompress::close);
    }
}
