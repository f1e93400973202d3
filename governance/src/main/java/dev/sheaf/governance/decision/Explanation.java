package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.Value;

import java.util.List;
import java.util.Optional;

/// A decision with how it came about.
///
/// @param document as the policies said it; empty when they said nothing, or failed
/// @param trace a line for each thing that the evaluation did, the first 5,000
/// @param notes lines of `print`
public record Explanation(
        Decision decision, Optional<Value> document, List<String> trace, List<String> notes) {
    public Explanation {
        trace = List.copyOf(trace);
        notes = List.copyOf(notes);
    }
}
