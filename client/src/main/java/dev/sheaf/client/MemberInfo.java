package dev.sheaf.client;

import java.util.Optional;
import java.util.OptionalLong;

/// A region of the mesh, as the asked node knows it.
///
/// @param state `active`, `left` or `evicted`
/// @param since when it was admitted, left or was evicted, ISO 8601; empty for one that only the
///   configuration names
/// @param self whether it is the asked node's own
/// @param holdsRoot whether the asked node can admit and evict; empty for others
/// @param address for links, as in `host:port`; empty when it is not known
/// @param url where it answers callers; empty when it is not known
/// @param link `up` or `down`; empty for the own
/// @param certificateEnd when the certificate ends that it has shown; empty without a link
/// @param heardMsAgo how old what is known of it can be; empty when it was not heard of since the
///   start
public record MemberInfo(
        String region,
        String state,
        Optional<String> since,
        boolean self,
        Optional<Boolean> holdsRoot,
        String address,
        String url,
        String link,
        Optional<String> certificateEnd,
        OptionalLong heardMsAgo) {}
