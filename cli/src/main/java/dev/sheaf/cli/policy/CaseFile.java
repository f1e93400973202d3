package dev.sheaf.cli.policy;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.conformance.ConformanceCase;
import dev.sheaf.rego.value.JsonValues;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// A file below the folder of conformance cases.
sealed interface CaseFile {
    /// Its name as the user would write it.
    String shown();

    record Cases(String shown, List<ConformanceCase> cases) implements CaseFile {}

    /// A document of another kind.
    record Other(String shown) implements CaseFile {}

    /// @param reason why it cannot be read
    record Broken(String shown, String reason) implements CaseFile {}

    static CaseFile read(PolicyFiles files, PolicyFiles.Found found) {
        try {
            JsonNode root =
                    JsonValues.toJson(
                            DocumentReading.of(found.kind(), files.text(found), found.shown()));
            return holdsCases(root)
                    ? new Cases(found.shown(), ConformanceCase.read(root))
                    : new Other(found.shown());
        } catch (Problem problem) {
            return new Broken(found.shown(), problem.message());
        }
    }

    /// A list of cases, or an object with one; a case has a query.
    private static boolean holdsCases(JsonNode root) {
        JsonNode cases = root.isArray() ? root : root.path("cases");
        return cases.isArray() && (root.isObject() || cases.path(0).has("query"));
    }
}
