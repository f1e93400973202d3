package dev.sheaf.rego.syntax;

/// @param text with the hash
public record Comment(String text, Location at) {}
