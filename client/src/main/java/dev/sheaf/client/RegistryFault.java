package dev.sheaf.client;

import java.time.Instant;

/// A document of the mesh that does not count at this node.
///
/// @param type its context type
/// @param reason why it does not count
public record RegistryFault(String type, String document, String reason, Instant at) {}
