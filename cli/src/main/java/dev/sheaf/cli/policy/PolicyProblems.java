package dev.sheaf.cli.policy;

import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.PolicyFault;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is wrong with policies, as users are told.
final class PolicyProblems {
    private PolicyProblems() {}

    /// A diagnostic for machines.
    ///
    /// @param line from 1
    /// @param column from 1
    record Entry(String code, String message, String file, int line, int column, String hint) {
        static Entry of(Diagnostic diagnostic) {
            Location at = diagnostic.location();
            return new Entry(
                    diagnostic.code(),
                    diagnostic.message(),
                    at.file(),
                    at.line(),
                    at.column(),
                    diagnostic.hint());
        }

        /// In the order of the components.
        Map<String, Object> asMap() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("code", code);
            fields.put("message", message);
            fields.put("file", file);
            fields.put("line", line);
            fields.put("column", column);
            fields.put("hint", hint);
            return fields;
        }
    }

    /// By file and place.
    static List<Diagnostic> sorted(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .sorted(
                        Comparator.comparing((Diagnostic each) -> each.location().file())
                                .thenComparingInt(each -> each.location().offset()))
                .toList();
    }

    /// What is wrong with a query: its places get the query's name and line.
    static PolicyFault inQuery(PolicyFault fault, String query) {
        List<String> lines = query.lines().toList();
        return new PolicyFault(
                fault.diagnostics().stream().map(each -> inQuery(each, lines)).toList());
    }

    private static Diagnostic inQuery(Diagnostic each, List<String> lines) {
        Location at = each.location();
        if (!at.file().isEmpty()) {
            return each;
        }
        return new Diagnostic(
                each.code(),
                each.message(),
                new Location("query", at.line(), at.column(), at.offset()),
                at.line() <= lines.size() ? lines.get(at.line() - 1) : "",
                each.hint());
    }

    /// INVALID_POLICY, with every diagnostic among the details.
    static Problem of(PolicyFault fault) {
        List<Diagnostic> all = sorted(fault.diagnostics());
        List<Map<String, Object>> entries =
                all.stream().map(each -> Entry.of(each).asMap()).toList();
        return new Problem(
                ProblemCode.INVALID_POLICY,
                Shown.count(all.size(), "fault") + " in the policy\n" + Diagnostic.render(all),
                Map.of("diagnostics", entries),
                fault);
    }

    /// LIMIT_EXCEEDED when the evaluation took too much, else INVALID_POLICY.
    static Problem of(EvaluationFault fault) {
        boolean isLimit = fault.code().equals(EvaluationFault.LIMIT);
        return new Problem(
                isLimit ? ProblemCode.LIMIT_EXCEEDED : ProblemCode.INVALID_POLICY,
                message(fault),
                Map.of(
                        "policyCode",
                        fault.code(),
                        "file",
                        fault.at().file(),
                        "line",
                        fault.at().line()),
                fault);
    }

    /// Without a place when there is none.
    private static String message(EvaluationFault fault) {
        String message = String.valueOf(fault.getMessage());
        String nowhere = Location.NONE.file() + ":" + Location.NONE.line() + ": ";
        return message.startsWith(nowhere) ? message.substring(nowhere.length()) : message;
    }
}
