/// Requests and answers: the only package that knows the HTTP server (Javalin on Jetty).
///
/// What happens to every request is here: identity, limits, problems, request ids, measurements.
/// What a particular request does is not.
@NullMarked
package dev.sheaf.node.http;

import org.jspecify.annotations.NullMarked;
