package dev.sheaf.node.queries;

import dev.sheaf.client.QueryInfo;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.metrics.NodeMetrics;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// What is kept of callers' statements, by whatever door they come: for themselves some minutes,
/// for the audit log, for measurements. For any thread.
public final class StatementRecords {
    private final StatementIds ids;
    private final StatementLog log;
    private final NodeMetrics metrics;
    private final Audit audit;
    private final ReadNotes notes;
    private final Clock clock;

    /// @param notes is told of each product that a statement reads
    public StatementRecords(
            StatementIds ids, NodeMetrics metrics, Audit audit, ReadNotes notes, Clock clock) {
        this.ids = ids;
        this.notes = notes;
        this.log = new StatementLog(clock);
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
    }

    /// A statement that begins now.
    ///
    /// @param more facts for each line of the audit log
    public StatementRecord begin(
            String requestId,
            Principal caller,
            String sql,
            String purpose,
            Map<String, Object> more) {
        String id = ids.next();
        log.began(id, caller.subject(), clock.instant());
        return new StatementRecord(
                id,
                new StatementRecord.Asked(requestId, caller, sql, purpose, Map.copyOf(more)),
                log,
                metrics,
                audit,
                notes);
    }

    /// What became of a statement, for whoever sent it.
    Optional<QueryInfo> find(String id, String subject) {
        return log.find(id, subject);
    }
}
