package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/// What policies say to a question, `spec/policy-input.md`.
///
/// @param masks by column; empty when it is denied
public record PolicyAnswer(
        boolean allow, List<String> reasons, Map<String, JsonNode> masks, List<String> filters) {
    public PolicyAnswer {
        reasons = List.copyOf(reasons);
        masks = Map.copyOf(masks);
        filters = List.copyOf(filters);
    }
}
