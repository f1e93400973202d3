package dev.sheaf.client;

/// A word's place in a text.
///
/// @param end after its last character
public record WordRange(int start, int end) {}
