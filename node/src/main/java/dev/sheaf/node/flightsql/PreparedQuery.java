package dev.sheaf.node.flightsql;

import dev.sheaf.query.ParameterValue;
import dev.sheaf.query.QueryShape;

import java.util.List;

/// A statement that a client has prepared, with the values that it has bound last. For any thread.
final class PreparedQuery {
    private final String sql;
    private final QueryShape shape;
    private List<ParameterValue> values = List.of();

    PreparedQuery(String sql, QueryShape shape) {
        this.sql = sql;
        this.shape = shape;
    }

    String sql() {
        return sql;
    }

    /// As it was when it was prepared, with nothing bound.
    QueryShape shape() {
        return shape;
    }

    boolean hasParameters() {
        return !shape.parameters().getFields().isEmpty();
    }

    synchronized void bind(List<ParameterValue> bound) {
        values = List.copyOf(bound);
    }

    synchronized List<ParameterValue> values() {
        return values;
    }
}
