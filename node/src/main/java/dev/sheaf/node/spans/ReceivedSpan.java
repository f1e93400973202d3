package dev.sheaf.node.spans;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A span that another program has sent.
///
/// @param service that did the work
/// @param traceId hexadecimal digits, as are the other ids
/// @param parentId empty for the first of its trace
/// @param attributes texts by name; several for an array, and numbers and truth values as texts
record ReceivedSpan(
        String service,
        String traceId,
        String spanId,
        String parentId,
        String name,
        Instant end,
        Map<String, List<String>> attributes) {
    ReceivedSpan {
        attributes = Map.copyOf(attributes);
    }

    /// The first value; empty for none.
    String first(String attribute) {
        List<String> values = attributes.getOrDefault(attribute, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }
}
