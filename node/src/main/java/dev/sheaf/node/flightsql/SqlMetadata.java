package dev.sheaf.node.flightsql;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.node.identity.Scope;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// What a caller can find here: the mesh is the catalog, domains are its schemas, and the products
/// that the caller may know of are their tables.
final class SqlMetadata {
    private static final String TABLE = "TABLE";

    private final String catalog;
    private final VisibleTables tables;
    private final BufferAllocator memory;
    private final Duration silenceMax;

    /// @param catalog the mesh's name
    /// @param silenceMax how long a client may take no rows
    SqlMetadata(String catalog, VisibleTables tables, BufferAllocator memory, Duration silenceMax) {
        this.catalog = catalog;
        this.tables = tables;
        this.memory = memory;
        this.silenceMax = silenceMax;
    }

    void catalogs(ServerStreamListener listener) {
        send(Schemas.GET_CATALOGS_SCHEMA, List.of(row(catalog)), listener);
    }

    void tableTypes(ServerStreamListener listener) {
        send(Schemas.GET_TABLE_TYPES_SCHEMA, List.of(row(TABLE)), listener);
    }

    void types(CommandGetXdbcTypeInfo command, ServerStreamListener listener) {
        send(
                Schemas.GET_TYPE_INFO_SCHEMA,
                TypeRows.rows(
                        command.hasDataType()
                                ? OptionalInt.of(command.getDataType())
                                : OptionalInt.empty()),
                listener);
    }

    /// Domains with a product that the caller may know of.
    void schemas(SqlCaller caller, CommandGetDbSchemas command, ServerStreamListener listener) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        if (isHere(optional(command.hasCatalog(), command.getCatalog()))) {
            Predicate<String> wanted =
                    like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
            visible(caller, table -> wanted.test(domain(table))).stream()
                    .map(table -> table.name().domain().value())
                    .distinct()
                    .forEach(domain -> found.add(row(catalog, domain)));
        }
        send(Schemas.GET_SCHEMAS_SCHEMA, found, listener);
    }

    void tables(SqlCaller caller, CommandGetTables command, ServerStreamListener listener) {
        boolean isWanted =
                isHere(optional(command.hasCatalog(), command.getCatalog()))
                        && (command.getTableTypesCount() == 0
                                || command.getTableTypesList().contains(TABLE));
        Predicate<String> domain =
                like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
        Predicate<String> product =
                like(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern());
        List<VisibleTable> found =
                isWanted
                        ? visible(
                                caller,
                                table ->
                                        domain.test(domain(table))
                                                && product.test(table.name().name()))
                        : List.of();
        boolean withColumns = command.getIncludeSchema();
        Iterator<List<@Nullable Object>> all =
                found.stream().map(table -> row(table, withColumns)).iterator();
        send(schema(command), all, listener);
    }

    /// Of the answer to such a command.
    static Schema schema(CommandGetTables command) {
        return command.getIncludeSchema()
                ? Schemas.GET_TABLES_SCHEMA
                : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA;
    }

    private List<@Nullable Object> row(VisibleTable table, boolean withColumns) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.addAll(row(catalog, table.name().domain().value(), table.name().name(), TABLE));
        if (withColumns) {
            cells.add(ArrowColumns.schema(catalog, table).serializeAsMessage());
        }
        return cells;
    }

    void primaryKeys(
            SqlCaller caller, CommandGetPrimaryKeys command, ServerStreamListener listener) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        if (isHere(optional(command.hasCatalog(), command.getCatalog()))) {
            visible(
                            caller,
                            named(
                                    command.getTable(),
                                    optional(command.hasDbSchema(), command.getDbSchema())))
                    .forEach(table -> addKey(table, found));
        }
        send(Schemas.GET_PRIMARY_KEYS_SCHEMA, found, listener);
    }

    private void addKey(VisibleTable table, List<List<@Nullable Object>> found) {
        int position = 1;
        for (ColumnContract column : table.contract().primaryKey()) {
            found.add(
                    row(
                            catalog,
                            table.name().domain().value(),
                            table.name().name(),
                            column.name(),
                            position++,
                            null));
        }
    }

    /// Of which tables' keys a table's columns are.
    void importedKeys(
            SqlCaller caller, CommandGetImportedKeys command, ServerStreamListener listener) {
        Predicate<VisibleTable> from =
                named(command.getTable(), optional(command.hasDbSchema(), command.getDbSchema()));
        boolean isHere = isHere(optional(command.hasCatalog(), command.getCatalog()));
        keys(caller, isHere, from, any -> true, KeyRows.BY_TARGET, listener);
    }

    /// Which tables' columns are keys of a table.
    void exportedKeys(
            SqlCaller caller, CommandGetExportedKeys command, ServerStreamListener listener) {
        Predicate<VisibleTable> to =
                named(command.getTable(), optional(command.hasDbSchema(), command.getDbSchema()));
        boolean isHere = isHere(optional(command.hasCatalog(), command.getCatalog()));
        keys(caller, isHere, any -> true, to, KeyRows.BY_SOURCE, listener);
    }

    /// Which columns of one table are keys of another.
    void crossReference(
            SqlCaller caller, CommandGetCrossReference command, ServerStreamListener listener) {
        Predicate<VisibleTable> from =
                named(
                        command.getFkTable(),
                        optional(command.hasFkDbSchema(), command.getFkDbSchema()));
        Predicate<VisibleTable> to =
                named(
                        command.getPkTable(),
                        optional(command.hasPkDbSchema(), command.getPkDbSchema()));
        boolean isHere =
                isHere(optional(command.hasPkCatalog(), command.getPkCatalog()))
                        && isHere(optional(command.hasFkCatalog(), command.getFkCatalog()));
        keys(caller, isHere, from, to, KeyRows.BY_SOURCE, listener);
    }

    private void keys(
            SqlCaller caller,
            boolean isHere,
            Predicate<VisibleTable> from,
            Predicate<VisibleTable> to,
            Comparator<TableKey> order,
            ServerStreamListener listener) {
        List<TableKey> keys = new ArrayList<>();
        if (isHere) {
            List<VisibleTable> sources =
                    visible(
                            caller,
                            table -> !table.contract().foreignKeys().isEmpty() && from.test(table));
            List<VisibleTable> targets =
                    visible(caller, table -> to.test(table) && TableKey.isTarget(table, sources));
            sources.forEach(source -> keys.addAll(TableKey.of(source, targets)));
        }
        send(KeyRows.SCHEMA, KeyRows.of(catalog, keys, order), listener);
    }

    private static Predicate<VisibleTable> named(String name, Optional<String> domain) {
        return table ->
                table.name().name().equals(name)
                        && domain.filter(wanted -> !wanted.equals(domain(table))).isEmpty();
    }

    private static String domain(VisibleTable table) {
        return table.name().domain().value();
    }

    private List<VisibleTable> visible(SqlCaller caller, Predicate<VisibleTable> wanted) {
        return tables.of(caller.require(Scope.CATALOG_READ).principal(), wanted);
    }

    private boolean isHere(Optional<String> wanted) {
        return wanted.isEmpty() || wanted.get().equals(catalog);
    }

    private static Optional<String> optional(boolean isGiven, String text) {
        return isGiven ? Optional.of(text) : Optional.empty();
    }

    private static Predicate<String> like(boolean isGiven, String pattern) {
        return isGiven ? new LikePattern(pattern)::matches : any -> true;
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }

    private void send(
            Schema schema, List<List<@Nullable Object>> found, ServerStreamListener listener) {
        send(schema, found.iterator(), listener);
    }

    private void send(
            Schema schema, Iterator<List<@Nullable Object>> found, ServerStreamListener listener) {
        ResultStream out = new ResultStream(listener, silenceMax, () -> {});
        try (MetadataRows rows = new MetadataRows(schema, found, memory)) {
            out.send(rows);
        }
        out.completed();
    }
}
