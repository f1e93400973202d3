package dev.sheaf.node.queries;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.QueryInfo;
import dev.sheaf.client.QueryRegion;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of statements, for those who sent them, for some minutes. Holds no SQL and no rows.
final class StatementLog {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int ENTRIES_MAX = 2000;

    private record Entry(String subject, QueryInfo info) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Clock clock;

    StatementLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void began(String id, String subject, Instant at) {
        forgetOld();
        entries.put(
                id,
                new Entry(
                        subject,
                        new QueryInfo(
                                id,
                                QueryInfo.State.RUNNING,
                                at,
                                0,
                                0,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    synchronized void ended(
            String id,
            long rows,
            long bytes,
            Optional<Boolean> truncated,
            List<QueryRegion> regions,
            Optional<Problem> problem) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return;
        }
        QueryInfo.State state =
                problem.map(why ->
                                why.code() == ProblemCode.CANCELLED
                                        ? QueryInfo.State.CANCELLED
                                        : QueryInfo.State.FAILED)
                        .orElse(QueryInfo.State.FINISHED);
        Instant start = entry.info().startedAt();
        entries.put(
                id,
                new Entry(
                        entry.subject(),
                        new QueryInfo(
                                id,
                                state,
                                start,
                                rows,
                                bytes,
                                Duration.between(start, clock.instant()).toMillis(),
                                truncated,
                                problem.map(why -> ProblemBody.of(why, id)),
                                Optional.of(regions).filter(asked -> !asked.isEmpty()))));
    }

    synchronized void forget(String id) {
        entries.remove(id);
    }

    synchronized Optional<QueryInfo> find(String id, String subject) {
        return Optional.ofNullable(entries.get(id))
                .filter(entry -> entry.subject().equals(subject))
                .map(Entry::info);
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(REMEMBERED);
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            QueryInfo info = oldest.next().info();
            boolean running = info.state() == QueryInfo.State.RUNNING;
            if (!running && (info.startedAt().isBefore(before) || entries.size() > ENTRIES_MAX)) {
                oldest.remove();
            }
        }
    }
}
