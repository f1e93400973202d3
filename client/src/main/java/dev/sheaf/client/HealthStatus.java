package dev.sheaf.client;

/// How a node, or one part of it, is.
public enum HealthStatus {
    OK,
    STARTING,
    /// Finishes what is under way and takes nothing new.
    STOPPING,
    FAILING
}
