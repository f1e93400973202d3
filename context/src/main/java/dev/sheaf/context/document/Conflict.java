package dev.sheaf.context.document;

import dev.sheaf.context.Step;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// Two or more concurrent writes that met at one place of a document.
///
/// @param path the place, by keys and element dots
/// @param pointer the place as a JSON pointer when the conflict was met; an element that is not in
///   its list any more is written as `-`
/// @param resolver who decides there, as the type declares it
/// @param versions the writes, lowest rank first; the same whichever came first
/// @param shown what the place shows now, if anything
public record Conflict(
        ConflictKind kind,
        List<Step> path,
        String pointer,
        String resolver,
        List<Version> versions,
        Optional<JsonNode> shown) {
    public Conflict {
        versions = List.copyOf(versions);
    }

    /// One of the writes.
    ///
    /// @param value what it wrote; of arrays and texts the length; empty for a removal, and where
    ///   nothing of the value may be kept
    /// @param dot who wrote it, or [dev.sheaf.context.Dot#STABLE] where that is no longer known
    /// @param hlc when, or 0 where that is not known
    public record Version(Optional<JsonNode> value, long dot, long hlc) {}
}
