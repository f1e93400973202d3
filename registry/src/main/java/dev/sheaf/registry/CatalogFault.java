package dev.sheaf.registry;

import java.time.Instant;

/// A document of the mesh that does not count here.
///
/// @param type of the document
/// @param document its id
/// @param reason why, for people
/// @param at when it was found
public record CatalogFault(String type, String document, String reason, Instant at) {}
