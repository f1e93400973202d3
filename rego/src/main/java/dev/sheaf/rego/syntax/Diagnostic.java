package dev.sheaf.rego.syntax;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Something that is wrong with a policy.
///
/// @param code OPA's: `rego_parse_error`, `rego_unsafe_var_error`, …
/// @param message what is wrong, with which name or value
/// @param line the text of the line it stands in, or empty
/// @param hint the way out, or empty
public record Diagnostic(String code, String message, Location location, String line, String hint) {
    public static final String PARSE = "rego_parse_error";

    static final Comparator<Diagnostic> BY_PLACE =
            Comparator.comparing((Diagnostic each) -> each.location().file())
                    .thenComparingInt(each -> each.location().offset());

    /// With the line and a mark under the place.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(location).append(": ").append(code).append(": ").append(message);
        if (!line.isEmpty()) {
            out.append("\n    ").append(line.replace('\t', ' '));
            out.append("\n    ").append(" ".repeat(Math.max(0, location.column() - 1))).append('^');
        }
        if (!hint.isEmpty()) {
            out.append("\n    hint: ").append(hint);
        }
        return out.toString();
    }

    public static String render(List<Diagnostic> all) {
        return all.stream()
                .sorted(BY_PLACE)
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
    }
}
