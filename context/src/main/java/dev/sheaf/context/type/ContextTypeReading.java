package dev.sheaf.context.type;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;
import java.util.Map;

/// What became of a declaration.
public sealed interface ContextTypeReading {
    record Accepted(ContextType type) implements ContextTypeReading {}

    /// @param source the declaration's name, as it was given
    /// @param findings all of them, at least one, in the order of the lines
    record Refused(String source, List<Finding> findings) implements ContextTypeReading {
        private static final int SHOWN_MAX = 20;

        public Refused {
            findings = List.copyOf(findings);
        }

        /// The findings as one problem; all of them are in its details.
        public Problem problem() {
            StringBuilder text = new StringBuilder(source).append(" is no valid context type:");
            findings.stream()
                    .limit(SHOWN_MAX)
                    .forEach(finding ->
                            text.append("\n  ").append(source).append(':').append(finding));
            if (findings.size() > SHOWN_MAX) {
                text.append("\n  and ").append(findings.size() - SHOWN_MAX).append(" more");
            }
            List<Map<String, Object>> listed =
                    findings.stream()
                            .map(finding ->
                                    Map.<String, Object>of(
                                            "line", finding.line(),
                                            "pointer", finding.pointer(),
                                            "message", finding.message()))
                            .toList();
            return new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    text.toString(),
                    Map.of("file", source, "findings", listed),
                    null);
        }
    }

    /// @throws Problem INVALID_CONFIGURATION with every finding when the declaration was refused
    default ContextType orThrow() {
        return switch (this) {
            case Accepted accepted -> accepted.type();
            case Refused refused -> throw refused.problem();
        };
    }
}
