package dev.sheaf.node.api;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.Run;

import java.util.Map;
import java.util.Optional;

/// Reads from a run's report why it was refused or failed.
public final class RunFaults {
    private RunFaults() {}

    static Optional<Problem> of(Run run) {
        Optional<ProblemCode> fallback =
                switch (run.state()) {
                    case REFUSED -> Optional.of(ProblemCode.RELEASE_REFUSED);
                    case FAILED -> Optional.of(ProblemCode.INTERNAL);
                    case CANCELLED -> Optional.of(ProblemCode.CANCELLED);
                    case PREPARED, COMMITTED, UNCHANGED -> Optional.empty();
                };
        return fallback.map(
                code ->
                        new Problem(
                                run.report().map(report -> code(report, code)).orElse(code),
                                run.report()
                                        .map(RunFaults::reason)
                                        .orElse("the run left no report; it was probably cut off")));
    }

    /// A sentence for people from a run's report.
    public static String reason(String report) {
        Map<String, Object> members = RunAnswers.report(report);
        for (String name : new String[] {"reason", "message", "detail", "text"}) {
            if (members.get(name) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return members.get("problem") instanceof Map<?, ?> problem
                        && problem.get("detail") instanceof String detail
                ? detail
                : "see the report";
    }

    private static ProblemCode code(String report, ProblemCode fallback) {
        Object code = RunAnswers.report(report).get("code");
        for (ProblemCode known : ProblemCode.values()) {
            if (known.name().equals(code)) {
                return known;
            }
        }
        return fallback;
    }
}
