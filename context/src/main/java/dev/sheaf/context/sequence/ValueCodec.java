package dev.sheaf.context.sequence;

import dev.sheaf.context.codec.ByteWriter;

/// How the values of a [ValueSequence] become bytes.
public interface ValueCodec<V> {
    void encode(ByteWriter out, V value);

    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when the bytes are no value
    V decode(byte[] bytes);
}
