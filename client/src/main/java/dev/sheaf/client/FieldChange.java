package dev.sheaf.client;

import java.util.Optional;

/// A field that differs between two documents.
///
/// @param path where it stands, list entries by their name
/// @param before empty when it is new
/// @param after empty when it is gone
public record FieldChange(String path, Optional<String> before, Optional<String> after) {}
