package dev.sheaf.node.flightsql;

import dev.sheaf.query.ParameterValue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A statement that is planned, and whose rows may be fetched. For any thread.
final class PlannedQuery {
    private final String sql;
    private final List<ParameterValue> values;
    private final Set<String> running = new HashSet<>();

    PlannedQuery(String sql, List<ParameterValue> values) {
        this.sql = sql;
        this.values = List.copyOf(values);
    }

    String sql() {
        return sql;
    }

    List<ParameterValue> values() {
        return values;
    }

    synchronized void began(String id) {
        running.add(id);
    }

    synchronized void ended(String id) {
        running.remove(id);
    }

    /// Ids of its runs that have not ended.
    synchronized Set<String> running() {
        return Set.copyOf(running);
    }
}
