package dev.sheaf.context.resolve;

import tools.jackson.databind.JsonNode;

/// One of the concurrent values of a place.
///
/// @param dot who wrote it, see [dev.sheaf.context.Dot]; may be stable
/// @param hlc when, see [dev.sheaf.context.Hlc]
public record Sibling(JsonNode value, long dot, long hlc) {}
