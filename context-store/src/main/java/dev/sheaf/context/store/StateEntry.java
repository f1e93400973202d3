package dev.sheaf.context.store;

/// A key and its value: the receiver's own copies.
@SuppressWarnings("ArrayRecordComponent")
public record StateEntry(byte[] key, byte[] value) {}
