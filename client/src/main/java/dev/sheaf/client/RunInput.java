package dev.sheaf.client;

/// An input file by its content.
public record RunInput(String name, String digest, long bytes) {}
