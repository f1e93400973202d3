package dev.sheaf.product.publish;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.ingest.Conversion;
import dev.sheaf.product.ingest.PreparedFile;
import dev.sheaf.product.ingest.RawColumn;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.quality.RowCheck;
import dev.sheaf.product.transform.Transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes the one SELECT that turns a file's raw rows into the contract's columns and, for rows
/// that break something, a list of what ([#VIOLATIONS], null for good rows).
///
/// Layers from inside out: the file's relation; converted values; the input with its faults; the
/// transform; the contract's columns with their faults.
final class StageSql {
    static final String VIOLATIONS = "__v";
    static final String INPUT_TABLE = "sheaf_input";
    private static final String FAULTS = "__e";
    private static final String CASTS = "__c";
    private static final String KEPT = "__w";
    private static final String QUALIFIED = "__q";
    private static final String ORDINAL = "__n";
    private static final String LIST_TYPE =
            "STRUCT(\"rule\" VARCHAR, \"column\" VARCHAR, \"value\" VARCHAR)[]";

    private final ProductSpec spec;
    private final Optional<Transform> transform;
    private final List<RowCheck> checks;

    StageSql(ProductSpec spec, Optional<Transform> transform, List<RowCheck> checks) {
        this.spec = spec;
        this.transform = transform;
        this.checks = checks;
    }

    /// Whether all input rows must be there before the first can be judged.
    boolean windowed() {
        return transform.flatMap(Transform::qualify).isPresent();
    }

    /// The whole SELECT for one file; not for windowed transforms.
    String select(PreparedFile file) {
        return judged(transform.isEmpty() ? direct(file) : transformed(input(file)));
    }

    /// The rows of one file as the transform sees them, for [#INPUT_TABLE].
    String input(PreparedFile file) {
        List<Converted> columns = new ArrayList<>();
        for (RawColumn raw : file.columns()) {
            Optional<ColumnContract> contract = contractColumn(raw.name());
            columns.add(
                    contract.map(column -> converted(raw, column, raw.name()))
                            .orElseGet(() -> Converted.asItIs(raw)));
        }
        return faulted(file, columns);
    }

    /// The SELECT over [#INPUT_TABLE], in its order.
    String selectFromInput() {
        return judged(transformed("SELECT *, rowid AS " + ORDINAL + " FROM " + INPUT_TABLE));
    }

    private record Converted(RawColumn raw, String name, Optional<Conversion> conversion) {
        static Converted asItIs(RawColumn raw) {
            return new Converted(raw, raw.name(), Optional.empty());
        }

        String alias() {
            return raw.alias().replace("__r", "__t");
        }
    }

    private Converted converted(RawColumn raw, ColumnContract column, String name) {
        return new Converted(
                raw,
                name,
                Optional.of(
                        Conversion.of(
                                raw,
                                raw.alias(),
                                raw.alias().replace("__r", "__t"),
                                column.type(),
                                column.constraints(),
                                spec.source())));
    }

    private Optional<ColumnContract> contractColumn(String name) {
        Optional<ColumnContract> physical =
                spec.table().columns().stream()
                        .filter(column ->
                                column.physicalName().filter(name::equalsIgnoreCase).isPresent())
                        .findFirst();
        return physical.or(() ->
                spec.table().columns().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst());
    }

    /// Without a transform the file's columns are the contract's.
    private String direct(PreparedFile file) {
        Map<String, RawColumn> given =
                file.columns().stream()
                        .collect(
                                Collectors.toMap(
                                        column -> column.name().toLowerCase(Locale.ROOT),
                                        column -> column,
                                        (first, second) -> first));
        List<Converted> columns = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (ColumnContract column : spec.table().columns()) {
            RawColumn raw =
                    column.physicalName()
                            .map(name -> given.remove(name.toLowerCase(Locale.ROOT)))
                            .orElse(null);
            raw = raw != null ? raw : given.remove(column.name().toLowerCase(Locale.ROOT));
            if (raw != null) {
                columns.add(converted(raw, column, column.name()));
            } else {
                absent.add(
                        "CAST(NULL AS "
                                + SqlText.type(column.type())
                                + ") AS "
                                + SqlText.name(column.name()));
                if (column.required()) {
                    missing.add(column.physicalName().orElse(column.name()));
                }
            }
        }
        if (!missing.isEmpty() && file.records() > 0) {
            throw unreadable(
                    file,
                    "lacks the required column"
                            + (missing.size() > 1 ? "s " : " ")
                            + names(missing)
                            + "; it has "
                            + names(file.columns().stream().map(RawColumn::name).toList()));
        }
        if (!given.isEmpty() && !spec.source().ignoresExtraColumns()) {
            throw unreadable(
                    file,
                    "has columns that the contract does not know: "
                            + names(given.values().stream().map(RawColumn::name).toList())
                            + "; add them to the contract, or say sheaf.source extraColumns:"
                            + " ignore");
        }
        String inner = faulted(file, columns);
        return absent.isEmpty()
                ? inner
                : "SELECT *, " + String.join(", ", absent) + " FROM (" + inner + ")";
    }

    private static String names(List<String> names) {
        String shown =
                names.stream()
                        .limit(20)
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "));
        return names.size() > 20 ? shown + " and " + (names.size() - 20) + " more" : shown;
    }

    private static Problem unreadable(PreparedFile file, String what) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'" + file.input().name() + "' " + what + "; nothing of it was published",
                Map.of("file", file.input().name()),
                null);
    }

    /// Converted values under their names, and what could not be converted.
    private static String faulted(PreparedFile file, List<Converted> columns) {
        String values =
                columns.stream()
                        .map(column ->
                                column.raw().alias()
                                        + column.conversion()
                                                .filter(c ->
                                                        !c.value().equals(column.raw().alias()))
                                                .map(c ->
                                                        ", " + c.value() + " AS " + column.alias())
                                                .orElse(
                                                        ", "
                                                                + column.raw().alias()
                                                                + " AS "
                                                                + column.alias()))
                        .collect(Collectors.joining(", "));
        String named =
                columns.stream()
                        .map(column -> column.alias() + " AS " + SqlText.name(column.name()))
                        .collect(Collectors.joining(", "));
        List<RowCheck> faults = new ArrayList<>();
        for (Converted column : columns) {
            column.conversion()
                    .filter(conversion -> !conversion.failed().isEmpty())
                    .ifPresent(conversion ->
                            faults.add(
                                    new RowCheck(
                                            "type",
                                            column.name(),
                                            conversion.failed(),
                                            "CAST(" + column.raw().alias() + " AS VARCHAR)")));
        }
        return "SELECT "
                + (named.isEmpty() ? "" : named + ", ")
                + listWhenBroken(faults)
                + " AS "
                + FAULTS
                + " FROM (SELECT "
                + (values.isEmpty() ? "*" : values)
                + " FROM ("
                + file.relation()
                + "))";
    }

    private static String listWhenBroken(List<RowCheck> checks) {
        return checks.isEmpty()
                ? "CAST(NULL AS " + LIST_TYPE + ")"
                : "CASE WHEN " + anyBroken(checks) + " THEN " + list(checks) + " END";
    }

    private static String anyBroken(List<RowCheck> checks) {
        return checks.stream()
                .map(check -> "(" + check.broken() + ")")
                .collect(Collectors.joining(" OR "));
    }

    private static String list(List<RowCheck> checks) {
        return "list_filter(["
                + checks.stream()
                        .map(check ->
                                "CASE WHEN "
                                        + check.broken()
                                        + " THEN "
                                        + violation(check.rule(), check.column(), check.value())
                                        + " END")
                        .collect(Collectors.joining(", "))
                + "], lambda x: x IS NOT NULL)";
    }

    private static String violation(String rule, String column, String value) {
        return "{'rule': "
                + SqlText.text(rule)
                + ", 'column': "
                + (column.isEmpty() ? "CAST(NULL AS VARCHAR)" : SqlText.text(column))
                + ", 'value': CAST("
                + value
                + " AS VARCHAR)}";
    }

    private String transformed(String input) {
        Transform sql = transform.orElseThrow();
        boolean star = sql.items().stream().anyMatch(Transform.Item::star);
        List<String> selected = new ArrayList<>();
        List<RowCheck> casts = new ArrayList<>();
        for (Transform.Item item : sql.items()) {
            selected.add(
                    item.star() ? item.sql() : item.sql() + " AS " + SqlText.name(item.name()));
            if (!item.castFailed().isEmpty()) {
                casts.add(
                        new RowCheck(
                                "transform.cast",
                                item.name(),
                                item.castFailed(),
                                item.castValue()));
            }
        }
        if (!star) {
            selected.add(FAULTS);
            if (windowed()) {
                selected.add(ORDINAL);
            }
        }
        String where = sql.where().map(text -> "coalesce(" + text + ", false)").orElse("true");
        selected.add(listWhenBroken(casts) + " AS " + CASTS);
        selected.add(where + " AS " + KEPT);
        selected.add(
                sql.qualify().map(text -> "coalesce(" + text + ", false)").orElse("true")
                        + " AS "
                        + QUALIFIED);
        String from =
                windowed()
                        ? "SELECT *, ("
                                + where
                                + " AND "
                                + FAULTS
                                + " IS NULL"
                                + (casts.isEmpty()
                                        ? ""
                                        : " AND NOT coalesce(" + anyBroken(casts) + ", false)")
                                + ") AS "
                                + Transform.FINE
                                + " FROM ("
                                + input
                                + ") AS input"
                        : input;
        return "SELECT " + String.join(", ", selected) + " FROM (" + from + ") AS input";
    }

    /// The contract's columns of the transform's output, and every fault in one list.
    private String judged(String inner) {
        if (transform.isEmpty()) {
            String columns =
                    spec.table().columns().stream()
                            .map(column -> SqlText.name(column.name()))
                            .collect(Collectors.joining(", "));
            String broken =
                    FAULTS + " IS NOT NULL" + (checks.isEmpty() ? "" : " OR " + anyBroken(checks));
            return "SELECT "
                    + columns
                    + ", CASE WHEN "
                    + broken
                    + " THEN "
                    + concat(FAULTS, checks)
                    + " END AS "
                    + VIOLATIONS
                    + " FROM ("
                    + inner
                    + ")";
        }
        return judgedOutput(inner);
    }

    private static String concat(String lists, List<RowCheck> checks) {
        String first = "coalesce(" + lists + ", CAST([] AS " + LIST_TYPE + "))";
        return checks.isEmpty() ? first : "list_concat(" + first + ", " + list(checks) + ")";
    }

    /// Whether a conversion loses the value or rounds it. A transform that is to round says so with
    /// a CAST of its own; floating numbers are as exact in a decimal column as they are by
    /// themselves.
    private static String changes(String output, String value, ColumnType type) {
        String lost = output + " IS NOT NULL AND " + value + " IS NULL";
        String number = "TRY_CAST(" + output + " AS DOUBLE)";
        String differs = "(" + number + " <> CAST(" + value + " AS DOUBLE))";
        return switch (type) {
            case ColumnType.Primitive primitive
                    when primitive == ColumnType.Primitive.INT
                            || primitive == ColumnType.Primitive.LONG ->
                    "(" + lost + ") OR coalesce(" + differs + ", false)";
            case ColumnType.Decimal _ ->
                    "("
                            + lost
                            + ") OR coalesce(typeof("
                            + output
                            + ") NOT IN ('DOUBLE', 'FLOAT') AND "
                            + differs
                            + ", false)";
            case ColumnType.Primitive _,
                    ColumnType.Struct _,
                    ColumnType.ListOf _,
                    ColumnType.MapOf _ ->
                    lost;
        };
    }

    private String judgedOutput(String inner) {
        List<String> typed = new ArrayList<>();
        List<RowCheck> types = new ArrayList<>();
        for (ColumnContract column : spec.table().columns()) {
            Optional<String> output = output(column);
            String type = SqlText.type(column.type());
            String value =
                    output.map(name -> "TRY_CAST(" + SqlText.name(name) + " AS " + type + ")")
                            .orElse("CAST(NULL AS " + type + ")");
            typed.add(value + " AS " + SqlText.name(column.name()));
            output.ifPresent(name ->
                    types.add(
                            new RowCheck(
                                    "type",
                                    column.name(),
                                    changes(SqlText.name(name), value, column.type()),
                                    "CAST(" + SqlText.name(name) + " AS VARCHAR)")));
        }
        String carried =
                String.join(", ", FAULTS, CASTS, KEPT, QUALIFIED)
                        + (windowed() ? ", " + ORDINAL : "");
        String middle =
                "SELECT "
                        + String.join(", ", typed)
                        + ", "
                        + carried
                        + ", "
                        + listWhenBroken(types)
                        + " AS __x FROM ("
                        + inner
                        + ")";
        String columns =
                spec.table().columns().stream()
                        .map(column -> SqlText.name(column.name()))
                        .collect(Collectors.joining(", "));
        String filtered = "[" + violation("transform.filter", "", "NULL") + "]";
        String lists =
                "list_concat(list_concat(coalesce("
                        + FAULTS
                        + ", []), coalesce("
                        + CASTS
                        + ", [])), coalesce(__x, []))";
        String broken =
                FAULTS
                        + " IS NOT NULL OR "
                        + CASTS
                        + " IS NOT NULL OR __x IS NOT NULL"
                        + (checks.isEmpty() ? "" : " OR " + anyBroken(checks));
        return "SELECT "
                + columns
                + ", CASE WHEN NOT "
                + KEPT
                + " THEN "
                + filtered
                + " WHEN "
                + broken
                + " THEN "
                + concat(lists, checks)
                + " WHEN NOT "
                + QUALIFIED
                + " THEN "
                + filtered
                + " END AS "
                + VIOLATIONS
                + " FROM ("
                + middle
                + ")"
                + (windowed() ? " ORDER BY " + ORDINAL : "");
    }

    /// The output column that is meant for a contract column.
    private Optional<String> output(ColumnContract column) {
        Transform sql = transform.orElseThrow();
        Optional<String> named =
                sql.items().stream()
                        .map(Transform.Item::name)
                        .filter(name ->
                                name.equalsIgnoreCase(column.name())
                                        || column.physicalName()
                                                .filter(name::equalsIgnoreCase)
                                                .isPresent())
                        .findFirst();
        boolean star = sql.items().stream().anyMatch(Transform.Item::star);
        return named.or(() ->
                star ? Optional.of(column.physicalName().orElse(column.name())) : Optional.empty());
    }

    /// Names the transform makes that no contract column takes.
    List<String> unusedOutputs() {
        return transform.stream()
                .flatMap(sql -> sql.items().stream())
                .map(Transform.Item::name)
                .filter(name -> !name.isEmpty() && contractColumn(name).isEmpty())
                .toList();
    }
}
