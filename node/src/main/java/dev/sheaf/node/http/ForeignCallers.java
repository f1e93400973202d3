package dev.sheaf.node.http;

import dev.sheaf.kernel.Problem;

import java.util.Optional;

/// Callers of a route that were made for another API: they send their token as the password of HTTP
/// basic authentication (RFC 7617) where they like, and read errors in a form of their own.
public interface ForeignCallers {
    /// The answer that tells a problem.
    ///
    /// @param problem all of it may be told
    /// @param mediaType of the request
    Reply reply(Problem problem, String requestId, Optional<String> mediaType);
}
