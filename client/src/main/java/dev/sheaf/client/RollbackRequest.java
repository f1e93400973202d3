package dev.sheaf.client;

/// Asks for an earlier release to be current again.
public record RollbackRequest(long release) {}
