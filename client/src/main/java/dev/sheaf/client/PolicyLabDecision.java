package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// A decision with how it came about.
///
/// @param input that was decided on
/// @param document as the policies said it; absent when they said nothing, or failed
/// @param trace a line for each thing that the evaluation did
/// @param notes lines of `print`
public record PolicyLabDecision(
        JsonNode input,
        PolicyAnswer answer,
        Optional<JsonNode> document,
        List<String> trace,
        List<String> notes) {
    public PolicyLabDecision {
        document = document.filter(value -> !value.isNull() && !value.isMissingNode());
        trace = List.copyOf(trace);
        notes = List.copyOf(notes);
    }
}
