package dev.sheaf.client;

import java.util.Optional;
import java.util.OptionalInt;

/// A fault in a manifest, where it lies, and what would be right.
///
/// @param line from 1
/// @param column from 1
/// @param path inside the document, for example `schema[0].properties[2].logicalType`
public record ManifestProblem(
        Severity severity,
        Optional<String> file,
        OptionalInt line,
        OptionalInt column,
        Optional<String> path,
        Optional<String> code,
        String message) {
    /// Errors prevent applying.
    public enum Severity {
        ERROR,
        WARNING
    }
}
