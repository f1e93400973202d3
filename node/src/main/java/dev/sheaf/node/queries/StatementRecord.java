package dev.sheaf.node.queries;

import dev.sheaf.client.QueryRegion;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.metrics.NodeMetrics;
import dev.sheaf.query.QueryPart;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is kept of one statement. It ends once, in one of two ways.
public final class StatementRecord {
    private final String id;
    private final Asked asked;
    private final StatementLog log;
    private final NodeMetrics metrics;
    private final Audit audit;
    private final ReadNotes notes;
    private final ReadRecord reads;
    private final long startNanos = System.nanoTime();

    /// Who asked what.
    record Asked(
            String requestId,
            Principal caller,
            String sql,
            String purpose,
            Map<String, Object> more) {}

    StatementRecord(
            String id,
            Asked asked,
            StatementLog log,
            NodeMetrics metrics,
            Audit audit,
            ReadNotes notes) {
        this.id = id;
        this.asked = asked;
        this.log = log;
        this.metrics = metrics;
        this.audit = audit;
        this.notes = notes;
        this.reads = reads(asked.more());
    }

    public String id() {
        return id;
    }

    /// Puts on record what is read; to be awaited before the first row is shown.
    public ReadRecord reads() {
        return reads;
    }

    /// A further one with other facts.
    ReadRecord reads(Map<String, Object> more) {
        return new ReadRecord(
                audit,
                asked.requestId(),
                asked.caller(),
                id,
                asked.purpose(),
                more,
                Optional.of(tables -> notes.read(id, asked.caller(), asked.sql(), tables)));
    }

    /// All rows have been taken.
    ///
    /// @param more facts of this end
    public void finished(
            long rows,
            long bytes,
            boolean truncated,
            List<QueryPart> parts,
            Map<String, Object> more) {
        List<QueryRegion> regions = parts.stream().map(StatementRecord::region).toList();
        log.ended(id, rows, bytes, Optional.of(truncated), regions, Optional.empty());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rows", rows);
        facts.put("bytes", bytes);
        facts.putAll(more);
        if (!regions.isEmpty()) {
            facts.put("regions", regions.stream().map(StatementRecord::fact).toList());
        }
        ended("finished", rows, Audit.Outcome.DONE, facts);
    }

    /// It was only looked at, and nothing stays of it.
    public void forget() {
        log.forget(id);
    }

    /// There was no answer, or not all of it was taken.
    public void failed(Problem problem) {
        log.ended(id, 0, 0, Optional.empty(), List.of(), Optional.of(problem));
        Audit.Outcome outcome =
                switch (problem.code()) {
                    case SQL_NOT_ALLOWED, FORBIDDEN, NOT_FOUND -> Audit.Outcome.DENIED;
                    default -> Audit.Outcome.FAILED;
                };
        ended(
                problem.code().name().toLowerCase(Locale.ROOT),
                0,
                outcome,
                Map.of("code", problem.code().name()));
    }

    private void ended(String metric, long rows, Audit.Outcome outcome, Map<String, ?> facts) {
        metrics.queried(metric, rows, Duration.ofNanos(System.nanoTime() - startNanos));
        Map<String, Object> all = new LinkedHashMap<>(asked.more());
        all.putAll(facts);
        all.put("query", id);
        all.put("purpose", asked.purpose());
        String digest = Sha256.of(asked.sql().getBytes(StandardCharsets.UTF_8)).hex();
        Audit.Pending end =
                audit.begin(
                        asked.requestId(),
                        asked.caller(),
                        "query.run",
                        "sql:" + digest,
                        outcome,
                        all,
                        List.of());
        // What was read is on record since before the first row; how it ended may follow.
        if (outcome != Audit.Outcome.DONE || !reads.hasRead()) {
            end.await();
        }
    }

    private static QueryRegion region(QueryPart part) {
        return new QueryRegion(
                part.region().toString(),
                part.products().stream().map(ProductName::toString).toList(),
                part.strategy(),
                part.rows(),
                part.bytes(),
                part.missing());
    }

    private static Map<String, Object> fact(QueryRegion region) {
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("region", region.region());
        fact.put("products", region.products());
        fact.put("rows", region.rows());
        fact.put("bytes", region.bytes());
        region.missing().ifPresent(why -> fact.put("missing", why));
        return fact;
    }
}
