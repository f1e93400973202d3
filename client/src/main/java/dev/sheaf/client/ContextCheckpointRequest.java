package dev.sheaf.client;

/// Where a node is to put a copy of its context.
///
/// @param folder an absolute path on the node's machine; must not exist, or be empty
public record ContextCheckpointRequest(String folder) {}
