package dev.sheaf.client;

/// Which document.
///
/// @param id 1 to 512 bytes of UTF-8 without control characters
public record ContextKey(String type, String id) {}
