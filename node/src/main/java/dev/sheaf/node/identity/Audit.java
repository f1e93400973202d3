package dev.sheaf.node.identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One structured line for each decision, read and write, in the log `audit`.
///
/// A line names people, products and outcomes, never rows or tokens. SQL text is not in it either,
/// as it may hold values; its digest is.
public final class Audit {
    private final Logger log;
    private final Sink sink;

    /// Lines of the process's log alone.
    public Audit() {
        this(line -> {});
    }

    /// @param sink keeps the lines for good
    public Audit(Sink sink) {
        this.log = LoggerFactory.getLogger("audit");
        this.sink = sink;
    }

    /// What is recorded.
    ///
    /// @param subjects whose data were concerned, by name: only pseudonyms of them are kept
    public record Line(
            String requestId,
            String subject,
            String issuer,
            String action,
            String resource,
            Outcome outcome,
            Map<String, ?> facts,
            Collection<String> subjects) {}

    /// Where lines are kept.
    public interface Sink {
        /// Returns when the line is kept.
        ///
        /// @throws dev.sheaf.kernel.Problem when it cannot be
        void record(Line line);

        /// Begins to keep a line, for callers who have something else to do meanwhile.
        default Pending begin(Line line) {
            record(line);
            return () -> {};
        }
    }

    /// A line that is on its way.
    public interface Pending {
        /// Returns when the line is kept.
        ///
        /// @throws dev.sheaf.kernel.Problem when it cannot be
        void await();
    }

    /// What became of it.
    public enum Outcome {
        ALLOWED,
        /// Allowed with columns masked, fields hidden or rows left out.
        RESTRICTED,
        DENIED,
        DONE,
        FAILED
    }

    /// @param action as in `query.run` or `product.rollback`
    /// @param resource what it was done to
    /// @param facts more, JSON values
    public void record(
            String requestId,
            Principal caller,
            String action,
            String resource,
            Outcome outcome,
            Map<String, ?> facts) {
        record(requestId, caller, action, resource, outcome, facts, List.of());
    }

    /// @param subjects whose data were concerned, by name
    public void record(
            String requestId,
            Principal caller,
            String action,
            String resource,
            Outcome outcome,
            Map<String, ?> facts,
            Collection<String> subjects) {
        begin(requestId, caller, action, resource, outcome, facts, subjects).await();
    }

    /// As [#record], but what is kept is awaited later: before anything is answered.
    public Pending begin(
            String requestId,
            Principal caller,
            String action,
            String resource,
            Outcome outcome,
            Map<String, ?> facts,
            Collection<String> subjects) {
        LoggingEventBuilder line =
                log.atInfo()
                        .addKeyValue("requestId", requestId)
                        .addKeyValue("subject", caller.subject())
                        .addKeyValue("issuer", caller.issuer())
                        .addKeyValue("action", action)
                        .addKeyValue("resource", resource)
                        .addKeyValue("outcome", outcome.name().toLowerCase(Locale.ROOT));
        for (Map.Entry<String, ?> fact : facts.entrySet()) {
            line = line.addKeyValue(fact.getKey(), fact.getValue());
        }
        line.log("{} {} {}", caller.subject(), action, resource);
        return sink.begin(
                concerning(
                        new Line(
                                requestId,
                                caller.subject(),
                                caller.issuer(),
                                action,
                                resource,
                                outcome,
                                facts,
                                List.copyOf(subjects))));
    }

    /// The line with those whose data the request has touched.
    private static Line concerning(Line line) {
        if (!Concerned.OF_REQUEST.isBound()) {
            return line;
        }
        Concerned concerned = Concerned.OF_REQUEST.get();
        Set<String> subjects = new LinkedHashSet<>(line.subjects());
        subjects.addAll(concerned.tell());
        Map<String, Object> facts = new LinkedHashMap<>(line.facts());
        if (concerned.hasMore()) {
            facts.put("moreSubjects", true);
        }
        return new Line(
                line.requestId(),
                line.subject(),
                line.issuer(),
                line.action(),
                line.resource(),
                line.outcome(),
                facts,
                List.copyOf(subjects));
    }
}
