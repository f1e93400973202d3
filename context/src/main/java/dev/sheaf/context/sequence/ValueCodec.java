package dev.sheaf.context.sequence;

/// How the values of a [ValueSequence] become bytes.
public interface ValueCodec<V> {
    byte[] encode(V value);

    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when the bytes are no value
    V decode(byte[] bytes);
}
