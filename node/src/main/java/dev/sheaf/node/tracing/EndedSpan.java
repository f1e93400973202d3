package dev.sheaf.node.tracing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A span as it is exported.
///
/// @param parentId empty for the first of its trace
/// @param attributes text and whole numbers by name
/// @param problem the code of what it failed of
record EndedSpan(
        TraceContext context,
        Optional<String> parentId,
        String name,
        Span.Kind kind,
        Instant begin,
        Instant end,
        Map<String, Object> attributes,
        Optional<String> problem) {
    EndedSpan {
        attributes = Map.copyOf(attributes);
    }
}
