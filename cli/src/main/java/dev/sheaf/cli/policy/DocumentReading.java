package dev.sheaf.cli.policy;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.Value;
import dev.sheaf.rego.value.YamlValues;

/// JSON and YAML texts as values, with the file's name in what is wrong with them.
final class DocumentReading {
    private DocumentReading() {}

    /// @throws Problem UNREADABLE_INPUT
    static Value json(String text, String shown) {
        try {
            return JsonValues.parse(text);
        } catch (Problem problem) {
            throw new Problem(problem.code(), shown + ": " + problem.message(), problem);
        }
    }

    /// @throws Problem UNREADABLE_INPUT
    static Value yaml(String text, String shown) {
        try {
            return YamlValues.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, shown + ": no YAML: " + e.getMessage(), e);
        }
    }

    /// By the end of the name; what has no such name may be either.
    ///
    /// @throws Problem UNREADABLE_INPUT
    static Value of(PolicyFiles.Kind kind, String text, String shown) {
        return switch (kind) {
            case JSON -> json(text, shown);
            case YAML -> yaml(text, shown);
            case POLICY, OTHER -> isLikeJson(text) ? json(text, shown) : yaml(text, shown);
        };
    }

    private static boolean isLikeJson(String text) {
        String begin = text.stripLeading();
        return begin.startsWith("{") || begin.startsWith("[") || begin.startsWith("\"");
    }
}
