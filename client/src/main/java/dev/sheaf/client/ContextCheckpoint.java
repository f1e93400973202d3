package dev.sheaf.client;

/// A copy of a node's context.
///
/// @param folder where it is, on the node's machine
/// @param position up to where it has the node's log
public record ContextCheckpoint(String folder, long position) {}
