package dev.sheaf.product.draft;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.draft.SampleProfile;
import dev.sheaf.contract.draft.SampleProfile.Column;
import dev.sheaf.contract.draft.SampleProfile.Frequency;
import dev.sheaf.contract.draft.SampleProfile.Shape;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Measures the first rows of a CSV, JSON, NDJSON or Parquet file (also gzip or zstd) with DuckDB.
///
/// CSV dialect, header and types are found out; a file without a header gets `column0`, `column1`,
/// …; one that does not keep to its own types is read as text.
public final class SampleProfiler {
    /// Rows that are read unless the caller says otherwise.
    public static final long ROWS_DEFAULT = 100_000;

    private static final int TOP_VALUES = 25;
    private static final int SAMPLE_VALUES = 1000;
    private static final int PAIR_COLUMNS_MAX = 6;

    private final EngineSession session;

    /// @param session may read the file; it gets a temporary table
    public SampleProfiler(EngineSession session) {
        this.session = session;
    }

    /// @throws Problem NOT_FOUND or UNREADABLE_INPUT when the file is not there or of no such form
    /// @throws dev.sheaf.engine.EngineProblem when the session fails for another reason
    public SampleProfile profile(Path path, long rowsMax) {
        SampleFile file = SampleFile.of(path);
        SampleLoad.Loaded loaded = new SampleLoad(session, file, rowsMax).load();
        List<Column> columns = new ArrayList<>();
        for (List<@Nullable Object> row : session.query("DESCRIBE " + SampleLoad.TABLE).rows()) {
            columns.add(column(text(row.get(0)).orElse(""), text(row.get(1)).orElse(""), loaded));
        }
        return new SampleProfile(
                file.name(),
                file.format().name().toLowerCase(Locale.ROOT),
                loaded.header(),
                loaded.rows(),
                loaded.whole(),
                columns,
                pairs(columns, loaded.rows()));
    }

    private Column column(String name, String duckType, SampleLoad.Loaded loaded) {
        Optional<ColumnType> type = DuckTypes.parse(duckType);
        boolean isText = type.equals(Optional.of(Primitive.STRING));
        boolean isFloating =
                type.filter(found -> found == Primitive.FLOAT || found == Primitive.DOUBLE)
                        .isPresent();
        boolean isOrdered = type.filter(SampleProfiler::isOrdered).isPresent();
        String quoted = DuckTypes.quoted(name);
        List<String> wanted = new ArrayList<>();
        wanted.add("count(" + quoted + ")");
        wanted.add("count(DISTINCT " + quoted + ")");
        wanted.add(isOrdered ? "min(" + quoted + ")::VARCHAR" : "NULL");
        wanted.add(isOrdered ? "max(" + quoted + ")::VARCHAR" : "NULL");
        wanted.add(isText ? "min(length(" + quoted + "))" : "NULL");
        wanted.add(isText ? "max(length(" + quoted + "))" : "NULL");
        if (isText) {
            ShapeSql.PATTERNS
                    .values()
                    .forEach(pattern ->
                            wanted.add(
                                    "count(*) FILTER (regexp_full_match("
                                            + quoted
                                            + "::VARCHAR, '"
                                            + pattern.replace("'", "''")
                                            + "'))"));
        }
        List<@Nullable Object> measured =
                session.query("SELECT " + String.join(", ", wanted) + " FROM " + SampleLoad.TABLE)
                        .rows()
                        .getFirst();
        long values = whole(measured.get(0));
        long distinct = whole(measured.get(1));
        List<String> samples = isOrdered ? samples(quoted) : List.of();
        return new Column(
                name,
                duckType,
                loaded.rows() - values,
                distinct,
                text(measured.get(2)),
                text(measured.get(3)),
                samples.stream().limit(TOP_VALUES).toList(),
                isText && distinct <= TOP_VALUES ? top(quoted) : List.of(),
                length(measured.get(4)),
                length(measured.get(5)),
                shapes(measured, values, samples, isFloating));
    }

    private static boolean isOrdered(ColumnType type) {
        return switch (type) {
            case Primitive primitive -> primitive != Primitive.BINARY;
            case ColumnType.Decimal ignored -> true;
            case ColumnType.Struct ignored -> false;
            case ColumnType.ListOf ignored -> false;
            case ColumnType.MapOf ignored -> false;
        };
    }

    private List<String> samples(String quoted) {
        return session
                .query(
                        "SELECT DISTINCT "
                                + quoted
                                + "::VARCHAR AS v FROM "
                                + SampleLoad.TABLE
                                + " WHERE "
                                + quoted
                                + " IS NOT NULL ORDER BY hash(v) LIMIT "
                                + SAMPLE_VALUES)
                .rows()
                .stream()
                .flatMap(row -> text(row.getFirst()).stream())
                .toList();
    }

    private List<Frequency> top(String quoted) {
        return session
                .query(
                        "SELECT "
                                + quoted
                                + "::VARCHAR, count(*) FROM "
                                + SampleLoad.TABLE
                                + " WHERE "
                                + quoted
                                + " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT "
                                + TOP_VALUES)
                .rows()
                .stream()
                .map(row -> new Frequency(text(row.get(0)).orElse(""), whole(row.get(1))))
                .toList();
    }

    private static Map<Shape, Double> shapes(
            List<@Nullable Object> measured,
            long values,
            List<String> samples,
            boolean isFloating) {
        Map<Shape, Double> shapes = new EnumMap<>(Shape.class);
        int index = 6;
        if (measured.size() > index && values > 0) {
            for (Shape shape : ShapeSql.PATTERNS.keySet()) {
                put(shapes, shape, (double) whole(measured.get(index++)) / values);
            }
        }
        put(shapes, Shape.WHOLE, isFloating ? share(samples, text -> text.endsWith(".0")) : 0);
        put(shapes, Shape.CARD, share(samples, CheckDigits::isCard));
        put(shapes, Shape.IBAN, share(samples, CheckDigits::isIban));
        return shapes;
    }

    private static void put(Map<Shape, Double> shapes, Shape shape, double share) {
        if (share > 0) {
            shapes.put(shape, share);
        }
    }

    private static double share(List<String> samples, Predicate<String> test) {
        return samples.isEmpty()
                ? 0
                : (double) samples.stream().filter(test).count() / samples.size();
    }

    /// Pairs that could be the key when no single column can; few are tried.
    private List<List<String>> pairs(List<Column> columns, long rows) {
        boolean single =
                columns.stream()
                        .anyMatch(column -> column.nulls() == 0 && column.distinct() == rows);
        List<Column> candidates =
                columns.stream()
                        .filter(column -> column.nulls() == 0 && column.distinct() > 1)
                        .filter(column -> !column.duckType().matches("FLOAT|DOUBLE|BOOLEAN|BLOB"))
                        .filter(column ->
                                DuckTypes.parse(column.duckType())
                                        .filter(SampleProfiler::isOrdered)
                                        .isPresent())
                        .limit(PAIR_COLUMNS_MAX)
                        .toList();
        if (single || rows < 2) {
            return List.of();
        }
        List<List<String>> pairs = new ArrayList<>();
        for (int first = 0; first < candidates.size(); first++) {
            for (int second = first + 1; second < candidates.size(); second++) {
                Column a = candidates.get(first);
                Column b = candidates.get(second);
                if ((double) a.distinct() * b.distinct() >= rows && isUnique(a, b, rows)) {
                    pairs.add(List.of(a.name(), b.name()));
                }
            }
        }
        return pairs;
    }

    private boolean isUnique(Column a, Column b, long rows) {
        return session.query(
                                "SELECT count(*) FROM (SELECT DISTINCT "
                                        + DuckTypes.quoted(a.name())
                                        + ", "
                                        + DuckTypes.quoted(b.name())
                                        + " FROM "
                                        + SampleLoad.TABLE
                                        + ")")
                        .onlyLong()
                == rows;
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString);
    }

    private static long whole(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static OptionalInt length(@Nullable Object value) {
        return value instanceof Number number
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }
}
