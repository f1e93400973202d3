package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditDecision;
import dev.sheaf.governance.audit.AuditEvent;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.SubjectPseudonym;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// What can be said of some neighbouring frames without reading them.
///
/// @param start of the first frame in the file
/// @param end of the last
/// @param firstSequence of the entries
/// @param count of the entries
/// @param earliest time among them
/// @param latest time among them
/// @param decisions a bit for each that occurs
/// @param terms actors, actions, resources and subjects
record IndexBlock(
        long start,
        long end,
        long firstSequence,
        int count,
        Instant earliest,
        Instant latest,
        int decisions,
        TermFilter terms) {
    private static final char ACTOR = 'a';
    private static final char ACTION = 'd';
    private static final char RESOURCE = 'r';
    private static final char SUBJECT = 's';

    static void terms(AuditEvent event, LongConsumer out) {
        out.accept(TermFilter.hash(ACTOR, event.actor()));
        out.accept(TermFilter.hash(ACTION, event.action()));
        out.accept(TermFilter.hash(RESOURCE, event.resource()));
        for (SubjectPseudonym subject : event.subjects()) {
            out.accept(TermFilter.hash(SUBJECT, subject.text()));
        }
    }

    static int bit(AuditDecision decision) {
        return 1 << decision.ordinal();
    }

    /// Whether an entry here may be among those that are looked for.
    boolean mayMatch(AuditQuery query) {
        return firstSequence + count > query.fromSequence()
                && query.from().map(time -> !latest.isBefore(time)).orElse(true)
                && query.until().map(time -> earliest.isBefore(time)).orElse(true)
                && hasDecision(query.decisions())
                && hasTerm(ACTOR, query.actors(), text -> text)
                && hasTerm(ACTION, query.actions(), text -> text)
                && hasTerm(RESOURCE, query.resources(), text -> text)
                && hasTerm(SUBJECT, query.subjects(), SubjectPseudonym::text);
    }

    private boolean hasDecision(Set<AuditDecision> wanted) {
        return wanted.isEmpty()
                || wanted.stream().anyMatch(decision -> (decisions & bit(decision)) != 0);
    }

    private <T> boolean hasTerm(char kind, Collection<T> wanted, Function<T, String> text) {
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(item -> terms.mayHave(TermFilter.hash(kind, text.apply(item))));
    }
}
