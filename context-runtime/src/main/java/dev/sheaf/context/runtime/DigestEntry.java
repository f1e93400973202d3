package dev.sheaf.context.runtime;

/// What a node holds of a group, in one number. Nodes with equal vectors have equal digests.
///
/// @param vector by actor names, as text
/// @param digest 16 hexadecimal digits
public record DigestEntry(
        String scope, int shard, String vector, String cut, String digest, long documents) {}
