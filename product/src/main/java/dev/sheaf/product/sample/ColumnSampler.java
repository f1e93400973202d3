package dev.sheaf.product.sample;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.product.ingest.SqlText;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Takes samples of a table in the engine: the same rows of all columns, and of columns that are
/// mostly empty there, rows in which they are not.
public final class ColumnSampler {
    /// Rows, and so values of one column.
    public static final int ROWS_MAX = 1000;

    /// Of one value.
    public static final int CHARACTERS_MAX = 500;

    /// Of a nested one, which is taken apart afterwards.
    private static final int NESTED_CHARACTERS_MAX = 8000;

    private static final int VALUES_MIN = 100;
    private static final int COLUMNS_AT_ONCE = 20;
    private static final int NESTED_AT_ONCE = 2;
    private static final String CHOSEN = "sheaf_sample_rows";

    private final EngineSession session;
    private final String table;

    /// @param table a table of the session with row numbers (`rowid`)
    public ColumnSampler(EngineSession session, String table) {
        this.session = session;
        this.table = table;
    }

    /// At least one for each column, in their order.
    ///
    /// @param columns of the table, which can be written as texts
    /// @throws dev.sheaf.engine.EngineProblem when the session fails
    public List<ColumnSample> of(List<ColumnType.Field> columns) {
        session.execute(
                "CREATE OR REPLACE TEMP TABLE "
                        + CHOSEN
                        + " AS SELECT rowid AS r FROM "
                        + table
                        + " ORDER BY hash(rowid) LIMIT "
                        + ROWS_MAX);
        long chosen = session.query("SELECT count(*) FROM " + CHOSEN).onlyLong();
        List<ColumnSample> samples = new ArrayList<>();
        List<ColumnType.Field> batch = new ArrayList<>();
        int nested = 0;
        for (ColumnType.Field column : columns) {
            batch.add(column);
            nested += isNested(column.type()) ? 1 : 0;
            if (batch.size() == COLUMNS_AT_ONCE || nested == NESTED_AT_ONCE) {
                samples.addAll(samples(batch, chosen));
                batch.clear();
                nested = 0;
            }
        }
        samples.addAll(samples(batch, chosen));
        session.execute("DROP TABLE " + CHOSEN);
        return samples;
    }

    private List<ColumnSample> samples(List<ColumnType.Field> columns, long chosen) {
        if (columns.isEmpty()) {
            return List.of();
        }
        List<List<@Nullable Object>> rows =
                session.query(
                                "SELECT "
                                        + columns.stream()
                                                .map(ColumnSampler::text)
                                                .collect(Collectors.joining(", "))
                                        + " FROM "
                                        + table
                                        + " WHERE rowid IN (SELECT r FROM "
                                        + CHOSEN
                                        + ") ORDER BY rowid")
                        .rows();
        List<ColumnSample> samples = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            List<String> values = values(rows.stream().map(row -> row.get(at)).toList());
            boolean isSparse = chosen == ROWS_MAX && values.size() < VALUES_MIN;
            ColumnType.Field column = columns.get(i);
            samples.addAll(SampleLeaves.of(column, isSparse ? present(column) : values));
        }
        return samples;
    }

    /// Of rows in which it has a value.
    private List<String> present(ColumnType.Field column) {
        return values(
                session
                        .query(
                                "SELECT "
                                        + text(column)
                                        + " FROM "
                                        + table
                                        + " WHERE "
                                        + SqlText.name(column.name())
                                        + " IS NOT NULL ORDER BY hash(rowid) LIMIT "
                                        + ROWS_MAX)
                        .rows()
                        .stream()
                        .<@Nullable Object>map(List::getFirst)
                        .toList());
    }

    private static List<String> values(List<@Nullable Object> column) {
        List<String> values = new ArrayList<>();
        for (Object value : column) {
            if (value instanceof String text && !text.isBlank()) {
                values.add(text);
            }
        }
        return values;
    }

    private static String text(ColumnType.Field column) {
        String name = SqlText.name(column.name());
        return isNested(column.type())
                ? "left(CAST(to_json(" + name + ") AS VARCHAR), " + NESTED_CHARACTERS_MAX + ")"
                : "left(CAST(" + name + " AS VARCHAR), " + CHARACTERS_MAX + ")";
    }

    static boolean isNested(ColumnType type) {
        return switch (type) {
            case ColumnType.Primitive _, ColumnType.Decimal _ -> false;
            case ColumnType.Struct _, ColumnType.ListOf _, ColumnType.MapOf _ -> true;
        };
    }
}
