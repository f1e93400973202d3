package dev.sheaf.node.flightsql;

import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Foreign keys as Flight SQL has them: a row for each pair of columns.
final class KeyRows {
    /// The same for keys of a table, keys to a table, and those between two.
    static final Schema SCHEMA = Schemas.GET_CROSS_REFERENCE_SCHEMA;

    static final Comparator<TableKey> BY_TARGET =
            Comparator.<TableKey, String>comparing(key -> key.target().name().toString())
                    .thenComparing(TableKey::name);
    static final Comparator<TableKey> BY_SOURCE =
            Comparator.<TableKey, String>comparing(key -> key.source().name().toString())
                    .thenComparing(TableKey::name);

    /// JDBC's `importedKeyNoAction`: nothing here changes rows because others change.
    private static final int NO_ACTION = 3;

    private KeyRows() {}

    static List<List<@Nullable Object>> of(
            String catalog, List<TableKey> keys, Comparator<TableKey> order) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        keys.stream().sorted(order).forEach(key -> add(catalog, key, rows));
        return rows;
    }

    private static void add(String catalog, TableKey key, List<List<@Nullable Object>> rows) {
        for (int i = 0; i < key.key().columns().size(); i++) {
            rows.add(
                    Arrays.asList(
                            catalog,
                            key.target().name().domain().value(),
                            key.target().name().name(),
                            key.key().references().get(i),
                            catalog,
                            key.source().name().domain().value(),
                            key.source().name().name(),
                            key.key().columns().get(i),
                            i + 1,
                            key.name(),
                            null,
                            NO_ACTION,
                            NO_ACTION));
        }
    }
}
