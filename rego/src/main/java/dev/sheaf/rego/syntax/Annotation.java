package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.ObjectValue;

/// A `# METADATA` comment.
///
/// @param fields its YAML
public record Annotation(ObjectValue fields, Location at) {}
