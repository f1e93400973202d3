package dev.sheaf.client;

/// Manifests were applied.
///
/// @param revision the state after it
public record ApplyResult(long revision, Plan plan) {}
