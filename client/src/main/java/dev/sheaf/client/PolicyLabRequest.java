package dev.sheaf.client;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// A question for the policy lab: an input document, or a statement, or both.
///
/// @param input as `spec/policy-input.md` says, or anything else
/// @param user takes the place of the input's `subject`; needed for a statement
/// @param sql a statement, which is not run
/// @param purpose takes the place of the input's `context.purpose`
public record PolicyLabRequest(
        Optional<JsonNode> input,
        Optional<PolicyLabSubject> user,
        Optional<String> sql,
        Optional<String> purpose) {
    public PolicyLabRequest {
        input = input.filter(document -> !document.isNull() && !document.isMissingNode());
    }
}
