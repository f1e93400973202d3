package dev.sheaf.context.runtime;

import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.codec.CompressionDictionary;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// The frames of a link that are about the link itself, `spec/context.md` section 5.3: the first
/// one says who speaks, and dictionaries come before the batches that need them.
final class LinkFrames {
    static final int HELLO = 0x48;
    static final int DICTIONARY = 0x44;
    private static final int VERSION = 1;
    private static final int DICTIONARY_BYTES_MAX = 1 << 20;

    /// What two nodes have to have in common.
    ///
    /// @param mesh the mesh's name
    /// @param shards how many shards each scope has
    record Hello(String mesh, String region, int shards) {}

    private LinkFrames() {}

    static byte[] hello(Hello hello) {
        ByteWriter out = new ByteWriter();
        out.u8(HELLO);
        out.u8(VERSION);
        out.string(hello.mesh());
        out.string(hello.region());
        out.varint(hello.shards());
        return out.toByteArray();
    }

    /// @throws Problem UNREADABLE_INPUT when it is none
    static Hello readHello(byte[] frame) {
        ByteReader in = new ByteReader(frame);
        if (in.u8() != HELLO || in.u8() != VERSION) {
            throw in.fault("is not a greeting of version " + VERSION);
        }
        Hello hello = new Hello(in.string(), in.string(), in.varint(1 << 16, "the shards"));
        in.end();
        return hello;
    }

    static byte[] dictionary(CompressionDictionary dictionary) {
        byte[] bytes = dictionary.bytes();
        ByteWriter out = new ByteWriter(bytes.length + 8);
        out.u8(DICTIONARY);
        out.u8(VERSION);
        out.raw(bytes, 0, bytes.length);
        return out.toByteArray();
    }

    /// @throws Problem UNREADABLE_INPUT when it is none, TOO_LARGE when it is too large
    static CompressionDictionary readDictionary(byte[] frame) {
        ByteReader in = new ByteReader(frame);
        if (in.u8() != DICTIONARY || in.u8() != VERSION) {
            throw in.fault("is not a dictionary of version " + VERSION);
        }
        if (in.remaining() > DICTIONARY_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "a dictionary of "
                            + in.remaining()
                            + " bytes; at most "
                            + DICTIONARY_BYTES_MAX);
        }
        return CompressionDictionary.of(in.raw(in.remaining()));
    }
}
