package dev.sheaf.query;

import dev.sheaf.engine.EngineSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The values by which a fragment is narrowed.
///
/// They go as one text constant, which costs a parser nothing however many they are. Their range
/// goes with them, as files can be left out by it; when they are too many it goes alone.
///
/// @param conditions each what follows the column, the range first; empty when there are no values,
///   so that no row of the fragment can matter
/// @param count of the values that go, zero when only their range does
record KeyValues(List<String> conditions, int count) {
    KeyValues {
        conditions = List.copyOf(conditions);
    }

    /// @param source a query with one column
    static KeyValues of(EngineSession session, String source, Column column, int keysMax) {
        String keys = " FROM (" + source + ") AS keys(k) WHERE k IS NOT NULL";
        List<@Nullable Object> ends =
                session.query("SELECT CAST(min(k) AS VARCHAR), CAST(max(k) AS VARCHAR)" + keys)
                        .rows()
                        .getFirst();
        if (ends.getFirst() == null) {
            return new KeyValues(List.of(), 0);
        }
        List<String> conditions = new ArrayList<>();
        conditions.add(
                "BETWEEN "
                        + constant(ends.get(0), column)
                        + " AND "
                        + constant(ends.get(1), column));
        List<List<@Nullable Object>> rows =
                session.query(
                                "SELECT CAST(to_json(list(k)) AS VARCHAR), count(*) FROM (SELECT"
                                        + " DISTINCT CAST(k AS VARCHAR) AS k"
                                        + keys
                                        + " LIMIT "
                                        + (keysMax + 1L)
                                        + ")")
                        .rows();
        long count = Long.parseLong(String.valueOf(rows.getFirst().get(1)));
        if (count > keysMax) {
            return new KeyValues(conditions, 0);
        }
        conditions.add(
                "IN (SELECT CAST(unnest(from_json("
                        + SqlTypes.text(String.valueOf(rows.getFirst().getFirst()))
                        + ", '[\"VARCHAR\"]')) AS "
                        + column.type()
                        + "))");
        return new KeyValues(conditions, (int) count);
    }

    /// Characters that go.
    long size() {
        return conditions.stream().mapToLong(String::length).sum();
    }

    /// Only from where to where.
    KeyValues range() {
        return new KeyValues(conditions.subList(0, 1), 0);
    }

    /// Of two, one list is enough: the shorter.
    static KeyValues narrower(KeyValues one, KeyValues other) {
        if (one.count == 0 || other.count == 0) {
            return one.count == 0 ? other : one;
        }
        return one.count <= other.count ? one : other;
    }

    private static String constant(@Nullable Object value, Column column) {
        return "CAST(" + SqlTypes.text(String.valueOf(value)) + " AS " + column.type() + ")";
    }
}
