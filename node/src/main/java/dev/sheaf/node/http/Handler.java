package dev.sheaf.node.http;

/// Does what one route is for. Runs on a virtual thread of its own; throws
/// [dev.sheaf.kernel.Problem] for what is to be told.
@FunctionalInterface
public interface Handler {
    Reply handle(Request request);
}
