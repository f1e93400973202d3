package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How it ended. Names in the log are lower-case, with hyphens, and never change their meaning.
public enum AuditDecision {
    /// Allowed in full.
    ALLOW,
    /// Allowed with rows left out or columns masked; the details say which.
    ALLOW_RESTRICTED,
    /// Refused by a policy, or because none allowed it.
    DENY,
    /// Failed for another reason than a policy.
    ERROR,
    /// Nothing was decided: something was changed or noted.
    NONE;

    /// As it stands in the log.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws Problem INVALID_VALUE when there is no such decision
    public static AuditDecision parse(String text) {
        for (AuditDecision decision : values()) {
            if (decision.text().equals(text)) {
                return decision;
            }
        }
        throw new Problem(
                ProblemCode.INVALID_VALUE,
                "'"
                        + text
                        + "' is no decision; there are "
                        + Arrays.stream(values())
                                .map(AuditDecision::text)
                                .collect(Collectors.joining(", ")));
    }
}
