package dev.sheaf.product.quality;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ingest.SqlText;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The conditions that a contract states for single rows, as SQL over the converted columns.
/// Uniqueness is not among them: it takes all rows (see [KeyCheck]).
public final class RowChecks {
    private final List<RowCheck> checks = new ArrayList<>();

    private RowChecks() {}

    /// @throws Problem INVALID_CONTRACT when a constraint cannot be evaluated: nothing is skipped
    ///   silently. Apply calls this too, so that such a contract never becomes a product's
    public static List<RowCheck> of(TableContract table) {
        RowChecks all = new RowChecks();
        table.columns().forEach(all::column);
        return List.copyOf(all.checks);
    }

    private void column(ColumnContract column) {
        String sql = SqlText.name(column.name());
        if (column.required() || column.primaryKey()) {
            checks.add(new RowCheck("required", column.name(), sql + " IS NULL", "NULL"));
        }
        try {
            constraints(column, sql, column.constraints());
        } catch (NumberFormatException e) {
            throw refused(column, "a bound is not a number", e);
        }
        nested(column, sql, column.type());
    }

    private void add(ColumnContract column, String rule, String broken) {
        checks.add(
                new RowCheck(
                        rule,
                        column.name(),
                        broken,
                        "CAST(" + SqlText.name(column.name()) + " AS VARCHAR)"));
    }

    private void constraints(ColumnContract column, String sql, ValueConstraints wanted) {
        String length = "length(" + (text(column) ? sql : "CAST(" + sql + " AS VARCHAR)") + ")";
        wanted.minLength().ifPresent(min -> add(column, "minLength", length + " < " + min));
        wanted.maxLength().ifPresent(max -> add(column, "maxLength", length + " > " + max));
        wanted.pattern()
                .ifPresent(pattern ->
                        add(
                                column,
                                "pattern",
                                "NOT regexp_matches("
                                        + (text(column) ? sql : "CAST(" + sql + " AS VARCHAR)")
                                        + ", "
                                        + SqlText.text(Patterns.re2(pattern))
                                        + ")"));
        wanted.minimum().ifPresent(min -> bound(column, sql, "minimum", " < ", min));
        wanted.maximum().ifPresent(max -> bound(column, sql, "maximum", " > ", max));
        wanted.exclusiveMinimum()
                .ifPresent(min -> bound(column, sql, "exclusiveMinimum", " <= ", min));
        wanted.exclusiveMaximum()
                .ifPresent(max -> bound(column, sql, "exclusiveMaximum", " >= ", max));
        wanted.multipleOf()
                .ifPresent(step ->
                        add(
                                column,
                                "multipleOf",
                                "TRY_CAST("
                                        + sql
                                        + " AS DECIMAL(38,9)) % CAST("
                                        + number(step)
                                        + " AS DECIMAL(38,9)) <> 0"));
        wanted.minItems()
                .ifPresent(min -> add(column, "minItems", size(column, sql) + " < " + min));
        wanted.maxItems()
                .ifPresent(max -> add(column, "maxItems", size(column, sql) + " > " + max));
        if (wanted.uniqueItems()) {
            add(
                    column,
                    "uniqueItems",
                    "list_unique("
                            + sql
                            + ") < len(list_filter("
                            + sql
                            + ", lambda e: e IS NOT NULL))");
        }
        if (!wanted.allowedValues().isEmpty()) {
            add(
                    column,
                    "enumeration",
                    sql
                            + " NOT IN ("
                            + wanted.allowedValues().stream()
                                    .map(value -> literal(column, value))
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
        if (text(column)) {
            wanted.format()
                    .flatMap(format -> Formats.broken(column.name(), format, sql))
                    .ifPresent(broken -> add(column, "format", broken));
        }
    }

    private static boolean text(ColumnContract column) {
        return column.type() == Primitive.STRING;
    }

    private static String size(ColumnContract column, String sql) {
        return column.type() instanceof ColumnType.MapOf
                ? "cardinality(" + sql + ")"
                : "len(" + sql + ")";
    }

    private void bound(
            ColumnContract column, String sql, String rule, String compare, String bound) {
        add(column, rule, sql + compare + literal(column, bound));
    }

    private static String literal(ColumnContract column, String value) {
        return switch (column.type()) {
            case Primitive primitive ->
                    switch (primitive) {
                        case INT, LONG, FLOAT, DOUBLE -> number(value);
                        case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, STRING, UUID, BINARY ->
                                "CAST("
                                        + SqlText.text(value)
                                        + " AS "
                                        + SqlText.type(primitive)
                                        + ")";
                    };
            case ColumnType.Decimal _ -> number(value);
            case ColumnType.Struct _, ColumnType.ListOf _, ColumnType.MapOf _ ->
                    throw refused(column, "a nested column has a bound or an enumeration", null);
        };
    }

    private static String number(String value) {
        return new BigDecimal(value.strip()).toPlainString();
    }

    private static Problem refused(
            ColumnContract column, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                "the constraints of column '" + column.name() + "' cannot be evaluated: " + why,
                cause);
    }

    /// Members and elements that must not be null.
    private void nested(ColumnContract column, String sql, ColumnType type) {
        switch (type) {
            case ColumnType.Struct struct -> {
                for (ColumnType.Field field : struct.fields()) {
                    String member =
                            "struct_extract(" + sql + ", " + SqlText.text(field.name()) + ")";
                    if (field.required()) {
                        add(column, "required", sql + " IS NOT NULL AND " + member + " IS NULL");
                    }
                    nested(column, member, field.type());
                }
            }
            case ColumnType.ListOf list -> {
                if (list.elementRequired()) {
                    add(
                            column,
                            "required",
                            "len(list_filter(" + sql + ", lambda e: e IS NULL)) > 0");
                }
            }
            case ColumnType.MapOf map -> {
                if (map.valueRequired()) {
                    add(
                            column,
                            "required",
                            "len(list_filter(map_values(" + sql + "), lambda e: e IS NULL)) > 0");
                }
            }
            case Primitive _, ColumnType.Decimal _ -> {}
        }
    }
}
