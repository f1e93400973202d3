package dev.sheaf.query;

import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// From a condition's syntax tree to an Iceberg expression that holds for every row for which the
/// condition holds. What it does not know becomes "always".
///
/// Left out on purpose: masked columns, whose stored values are not what the condition sees;
/// floating point, where DuckDB and Iceberg order NaN differently; and conditions within structs.
final class FilterReader {
    private final GovernedTable table;

    FilterReader(GovernedTable table) {
        this.table = table;
    }

    /// EXPLAIN marks filters that need not be applied with `optional:`.
    static String withoutHints(String filter) {
        StringBuilder text = new StringBuilder(filter);
        List<SqlToken> tokens = SqlTokens.of(filter);
        for (int i = tokens.size() - 2; i >= 0; i--) {
            if (tokens.get(i).isWord("optional") && tokens.get(i + 1).isSymbol(':')) {
                text.delete(tokens.get(i).start(), tokens.get(i + 1).end());
            }
        }
        return text.toString();
    }

    /// Every column that a condition names, the first part of nested ones.
    List<String> columns(JsonNode node) {
        List<String> names = new ArrayList<>();
        collect(node, names);
        return names;
    }

    Expression read(JsonNode node) {
        return switch (node.path("type").asString("")) {
            case "CONJUNCTION_AND" -> conjunction(node);
            case "CONJUNCTION_OR" -> disjunction(node);
            case "COMPARE_EQUAL",
                    "COMPARE_LESSTHAN",
                    "COMPARE_LESSTHANOREQUALTO",
                    "COMPARE_GREATERTHAN",
                    "COMPARE_GREATERTHANOREQUALTO" ->
                    comparison(node);
            case "COMPARE_BETWEEN" -> between(node);
            case "COMPARE_IN" -> in(node);
            case "OPERATOR_IS_NULL" ->
                    column(node.path("children").path(0))
                            .<Expression>map(field -> Expressions.isNull(field.name()))
                            .orElse(Expressions.alwaysTrue());
            case "OPERATOR_IS_NOT_NULL" ->
                    column(node.path("children").path(0))
                            .<Expression>map(field -> Expressions.notNull(field.name()))
                            .orElse(Expressions.alwaysTrue());
            default -> Expressions.alwaysTrue();
        };
    }

    private Expression conjunction(JsonNode node) {
        Expression all = Expressions.alwaysTrue();
        for (JsonNode child : node.path("children")) {
            all = Expressions.and(all, read(child));
        }
        return all;
    }

    private Expression disjunction(JsonNode node) {
        Expression any = Expressions.alwaysFalse();
        for (JsonNode child : node.path("children")) {
            any = Expressions.or(any, read(child));
        }
        return any;
    }

    private Expression comparison(JsonNode node) {
        return compare(node.path("type").asString(""), node.path("left"), node.path("right"));
    }

    private Expression between(JsonNode node) {
        JsonNode input = node.path("input");
        return Expressions.and(
                compare("COMPARE_GREATERTHANOREQUALTO", input, node.path("lower")),
                compare("COMPARE_LESSTHANOREQUALTO", input, node.path("upper")));
    }

    private Expression compare(String operator, JsonNode left, JsonNode right) {
        Optional<Types.NestedField> column = column(left);
        Optional<Object> value = column.flatMap(field -> literal(field.type(), right));
        if (column.isEmpty() || value.isEmpty()) {
            return Expressions.alwaysTrue();
        }
        String name = column.get().name();
        Object constant = value.get();
        return switch (operator) {
            case "COMPARE_EQUAL" -> Expressions.equal(name, constant);
            case "COMPARE_LESSTHAN" -> Expressions.lessThan(name, constant);
            case "COMPARE_LESSTHANOREQUALTO" -> Expressions.lessThanOrEqual(name, constant);
            case "COMPARE_GREATERTHAN" -> Expressions.greaterThan(name, constant);
            case "COMPARE_GREATERTHANOREQUALTO" -> Expressions.greaterThanOrEqual(name, constant);
            default -> Expressions.alwaysTrue();
        };
    }

    private Expression in(JsonNode node) {
        Optional<Types.NestedField> column = column(node.path("children").path(0));
        if (column.isEmpty()) {
            return Expressions.alwaysTrue();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 1; i < node.path("children").size(); i++) {
            Optional<Object> value = literal(column.get().type(), node.path("children").path(i));
            if (value.isEmpty()) {
                return Expressions.alwaysTrue();
            }
            values.add(value.get());
        }
        return Expressions.in(column.get().name(), values);
    }

    private Optional<Types.NestedField> column(JsonNode node) {
        if (!node.path("class").asString("").equals("COLUMN_REF")
                || node.path("column_names").size() != 1) {
            return Optional.empty();
        }
        String name = node.path("column_names").path(0).asString("");
        return Optional.ofNullable(table.schema().caseInsensitiveFindField(name))
                .filter(field -> !table.decision().masks().containsKey(field.name()));
    }

    /// The constant in the form that Iceberg converts to the column's type without loss.
    private static Optional<Object> literal(Type type, JsonNode node) {
        JsonNode constant = node;
        while (constant.path("class").asString("").equals("CAST")) {
            constant = constant.path("child");
        }
        JsonNode literal = constant.path("literal");
        String text = literal.path("text").asString("");
        boolean isText = literal.path("kind").asString("").equals("STRING");
        if (!constant.path("class").asString("").equals("CONSTANT")) {
            return Optional.empty();
        }
        return switch (type.typeId()) {
            case INTEGER, LONG ->
                    text.matches("\\d{1,18}")
                            ? Optional.of(Long.parseLong(text))
                            : Optional.empty();
            case DECIMAL -> decimal((Types.DecimalType) type, text);
            case STRING -> isText ? Optional.of(text) : Optional.empty();
            case DATE ->
                    text.matches("\\d{4}-\\d\\d-\\d\\d") ? Optional.of(text) : Optional.empty();
            case TIMESTAMP -> timestamp((Types.TimestampType) type, text);
            case BOOLEAN,
                    FLOAT,
                    DOUBLE,
                    TIME,
                    UUID,
                    FIXED,
                    BINARY,
                    STRUCT,
                    LIST,
                    MAP,
                    TIMESTAMP_NANO,
                    UNKNOWN,
                    VARIANT,
                    GEOMETRY,
                    GEOGRAPHY ->
                    Optional.empty();
        };
    }

    private static Optional<Object> decimal(Types.DecimalType type, String text) {
        if (!text.matches("\\d{1,30}(\\.\\d{1,20})?")) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        return value.scale() <= type.scale()
                ? Optional.of(value.setScale(type.scale()))
                : Optional.empty();
    }

    private static Optional<Object> timestamp(Types.TimestampType type, String text) {
        String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
        String local = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?";
        if (type.shouldAdjustToUTC()) {
            return iso.matches(local + "\\+00") ? Optional.of(iso + ":00") : Optional.empty();
        }
        return iso.matches(local) ? Optional.of(iso) : Optional.empty();
    }

    private static void collect(JsonNode node, List<String> names) {
        if (node.isObject() && node.path("class").asString("").equals("COLUMN_REF")) {
            names.add(node.path("column_names").path(0).asString(""));
            return;
        }
        for (JsonNode child : node) {
            collect(child, names);
        }
    }
}
