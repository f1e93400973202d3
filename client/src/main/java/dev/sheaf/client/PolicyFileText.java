package dev.sheaf.client;

/// One file of a set of policies.
///
/// @param regoVersion 0 or 1; means nothing for data documents
public record PolicyFileText(String path, int regoVersion, String text) {}
