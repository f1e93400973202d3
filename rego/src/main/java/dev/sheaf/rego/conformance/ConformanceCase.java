package dev.sheaf.rego.conformance;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One case: modules, a question, and what should come of it.
///
/// @param inputTerm the input as a Rego term, for inputs that JSON cannot say
/// @param wantResult sets of bindings; an empty list when the query should be undefined
/// @param sortBindings whether the items of arrays may come in any order
/// @param isStrict whether built-in functions that fail end the evaluation
public record ConformanceCase(
        String note,
        String query,
        List<String> modules,
        Optional<JsonNode> data,
        Optional<JsonNode> input,
        Optional<String> inputTerm,
        Optional<JsonNode> wantResult,
        Optional<String> wantError,
        Optional<String> wantErrorCode,
        boolean sortBindings,
        boolean isStrict) {
    /// The cases of a file: `{"cases": […]}` or the list itself.
    ///
    /// @throws Problem UNREADABLE_INPUT when it is neither
    public static List<ConformanceCase> read(JsonNode file) {
        JsonNode cases = file.isArray() ? file : file.path("cases");
        if (!cases.isArray()) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    "this is no file of cases: a list, or an object with a list under \"cases\","
                            + " was expected");
        }
        List<ConformanceCase> all = new ArrayList<>();
        for (JsonNode each : cases) {
            List<String> modules = new ArrayList<>();
            for (JsonNode module : each.path("modules")) {
                modules.add(module.stringValue());
            }
            all.add(
                    new ConformanceCase(
                            text(each, "note").orElse("without a note"),
                            text(each, "query").orElse(""),
                            List.copyOf(modules),
                            present(each, "data"),
                            present(each, "input"),
                            text(each, "input_term"),
                            present(each, "want_result"),
                            text(each, "want_error"),
                            text(each, "want_error_code"),
                            each.path("sort_bindings").booleanValue(false),
                            each.path("strict_error").booleanValue(false)));
        }
        return all;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return present(node, field).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private static Optional<JsonNode> present(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field));
    }
}
