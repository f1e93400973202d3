package dev.sheaf.client;

import java.util.List;

/// What a node holds of each group, in one number each. Equal vectors have equal digests.
public record ContextDigestList(List<Digest> digests) {
    public ContextDigestList {
        digests = List.copyOf(digests);
    }

    /// One group's.
    ///
    /// @param digest 16 hexadecimal digits
    public record Digest(
            String scope, int shard, String vector, String cut, String digest, long documents) {}
}
