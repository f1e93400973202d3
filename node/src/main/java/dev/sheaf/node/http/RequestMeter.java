package dev.sheaf.node.http;

/// Is told of every request that a route took.
@FunctionalInterface
public interface RequestMeter {
    /// @param status as sent, 499 when the caller hung up
    void record(Route route, int status, long nanos);
}
