package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.ObjectValue;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Something that happened, before the log gives it a number. Immutable; for any thread.
///
/// @param time when, as the caller's clock says, in the years 0000 to 9999; the log never orders by
///   it
/// @param actor who: 1 to 1024 characters
/// @param action what was done, a short stable name: 1 to 1024 characters
/// @param resource to what: up to 4096 characters, empty for none
/// @param decision how it ended
/// @param policyRevision by which policies it was decided: up to 1024 characters, empty for none
/// @param subjects whose data were concerned
/// @param details what else is to be known: JSON, no secrets
public record AuditEvent(
        Instant time,
        String actor,
        String action,
        String resource,
        AuditDecision decision,
        String policyRevision,
        SortedSet<SubjectPseudonym> subjects,
        ObjectValue details) {
    private static final int NAME_CHARACTERS_MAX = 1024;
    private static final int RESOURCE_CHARACTERS_MAX = 4096;
    private static final Instant TIME_MIN = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

    public AuditEvent {
        require("actor", actor, 1, NAME_CHARACTERS_MAX);
        require("action", action, 1, NAME_CHARACTERS_MAX);
        require("resource", resource, 0, RESOURCE_CHARACTERS_MAX);
        require("policyRevision", policyRevision, 0, NAME_CHARACTERS_MAX);
        if (time.isBefore(TIME_MIN) || time.isAfter(TIME_MAX)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "time " + time + " is not in the years 0000 to 9999");
        }
        subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
    }

    /// With the subjects in any order.
    public AuditEvent(
            Instant time,
            String actor,
            String action,
            String resource,
            AuditDecision decision,
            String policyRevision,
            Collection<SubjectPseudonym> subjects,
            ObjectValue details) {
        this(
                time,
                actor,
                action,
                resource,
                decision,
                policyRevision,
                new TreeSet<>(subjects),
                details);
    }

    private static void require(String field, String value, int min, int max) {
        if (value.length() < min || value.length() > max) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    field
                            + " has "
                            + value.length()
                            + " characters; allowed are "
                            + min
                            + " to "
                            + max);
        }
    }
}
