package dev.sheaf.client;

/// Evicts a region.
///
/// @param confirm the region's name once more
public record EvictionRequest(String confirm) {}
