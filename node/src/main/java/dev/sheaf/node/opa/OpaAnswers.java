package dev.sheaf.node.opa;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.Reply;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.PolicyFault;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers in the shapes of OPA's REST API.
final class OpaAnswers {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();
    private static final String PARAMETER = "invalid_parameter";
    private static final String INTERNAL = "internal_error";

    private OpaAnswers() {}

    static Reply document(int status, Map<String, ?> members, boolean isPretty) {
        String text =
                isPretty
                        ? PRETTY.writeValueAsString(members) + "\n"
                        : JSON.writeValueAsString(members);
        return new Reply.Bytes(
                status, "application/json", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply malformed(String message) {
        return error(400, PARAMETER, message, List.of());
    }

    static Reply unavailable() {
        return error(503, INTERNAL, "no policies are in force", List.of());
    }

    /// Of the node's own limits.
    static Reply refused(Problem problem) {
        return error(problem.code().httpStatus(), PARAMETER, problem.message(), List.of());
    }

    static Reply failed(EvaluationFault fault) {
        return error(
                500,
                INTERNAL,
                "error(s) occurred while evaluating query",
                List.of(entry(fault.code(), String.valueOf(fault.getMessage()), fault.at())));
    }

    /// @param stage `parsing` or `compiling`
    static Reply wrong(PolicyFault fault, String stage) {
        return error(
                400,
                PARAMETER,
                "error(s) occurred while " + stage + " query",
                fault.diagnostics().stream().map(OpaAnswers::entry).toList());
    }

    private static Reply error(
            int status, String code, String message, List<Map<String, Object>> errors) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", code);
        members.put("message", message);
        if (!errors.isEmpty()) {
            members.put("errors", errors);
        }
        return document(status, members, true);
    }

    private static Map<String, Object> entry(Diagnostic each) {
        return entry(each.code(), each.message(), each.location());
    }

    private static Map<String, Object> entry(String code, String message, Location at) {
        return Map.of(
                "code",
                code,
                "message",
                message,
                "location",
                Map.of("file", at.file(), "row", at.line(), "col", at.column()));
    }
}
