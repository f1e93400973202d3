package dev.sheaf.governance.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What to look for. Every condition has to hold; of several values in one condition, one has to.
/// An empty condition always holds.
///
/// @param fromSequence entries before it are passed over: where an earlier search stopped
/// @param from the earliest time
/// @param until the first time that is too late
/// @param subjects entries that concern one of them
public record AuditQuery(
        long fromSequence,
        Optional<Instant> from,
        Optional<Instant> until,
        Set<String> actors,
        Set<String> actions,
        Set<String> resources,
        Set<AuditDecision> decisions,
        Set<SubjectPseudonym> subjects) {
    /// Everything.
    public static final AuditQuery ALL =
            new AuditQuery(
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of());

    public AuditQuery {
        actors = Set.copyOf(actors);
        actions = Set.copyOf(actions);
        resources = Set.copyOf(resources);
        decisions = Set.copyOf(decisions);
        subjects = Set.copyOf(subjects);
    }

    public AuditQuery withFromSequence(long sequence) {
        return new AuditQuery(
                sequence, from, until, actors, actions, resources, decisions, subjects);
    }

    public AuditQuery withTimes(Instant earliest, Instant tooLate) {
        return new AuditQuery(
                fromSequence,
                Optional.of(earliest),
                Optional.of(tooLate),
                actors,
                actions,
                resources,
                decisions,
                subjects);
    }

    public AuditQuery withActors(Set<String> wanted) {
        return new AuditQuery(
                fromSequence, from, until, wanted, actions, resources, decisions, subjects);
    }

    public AuditQuery withActions(Set<String> wanted) {
        return new AuditQuery(
                fromSequence, from, until, actors, wanted, resources, decisions, subjects);
    }

    public AuditQuery withResources(Set<String> wanted) {
        return new AuditQuery(
                fromSequence, from, until, actors, actions, wanted, decisions, subjects);
    }

    public AuditQuery withDecisions(Set<AuditDecision> wanted) {
        return new AuditQuery(
                fromSequence, from, until, actors, actions, resources, wanted, subjects);
    }

    public AuditQuery withSubjects(Set<SubjectPseudonym> wanted) {
        return new AuditQuery(
                fromSequence, from, until, actors, actions, resources, decisions, wanted);
    }

    /// Whether the entry is among those that are looked for.
    public boolean matches(AuditEntry entry) {
        AuditEvent event = entry.event();
        return entry.sequence() >= fromSequence
                && from.map(time -> !event.time().isBefore(time)).orElse(true)
                && until.map(time -> event.time().isBefore(time)).orElse(true)
                && holds(actors, event.actor())
                && holds(actions, event.action())
                && holds(resources, event.resource())
                && holds(decisions, event.decision())
                && (subjects.isEmpty() || event.subjects().stream().anyMatch(subjects::contains));
    }

    private static <T> boolean holds(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
