package dev.sheaf.product.quality;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ingest.SqlText;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How a library metric is computed: an aggregate that joins others in one scan, or a count of
/// duplicates, which needs one of its own.
sealed interface Metric {
    /// @param failing whether it counts rows that are wrong (and not all rows)
    record Aggregate(String sql, boolean failing) implements Metric {}

    record Duplicates(KeyCheck key) implements Metric {}

    /// @throws Problem INVALID_CONTRACT when the metric or an argument is not understood
    static Metric of(QualityRule rule, QualityRule.Check.Library check, TableContract table) {
        Map<String, Object> arguments = check.arguments();
        return switch (check.metric()) {
            case "rowCount" -> new Aggregate("count(*)", false);
            case "nullValues" ->
                    new Aggregate("count(*) FILTER (" + column(rule, table) + " IS NULL)", true);
            case "missingValues" ->
                    new Aggregate(
                            "count(*) FILTER (" + missing(rule, table, arguments) + ")", true);
            case "invalidValues" ->
                    new Aggregate(
                            "count(*) FILTER (" + invalid(rule, table, arguments) + ")", true);
            case "duplicateValues" -> new Duplicates(key(rule, table, arguments));
            default ->
                    throw refused(
                            rule,
                            "metric '"
                                    + check.metric()
                                    + "' is not known; use nullValues, missingValues,"
                                    + " invalidValues, duplicateValues or rowCount");
        };
    }

    private static String column(QualityRule rule, TableContract table) {
        String name =
                rule.column().orElseThrow(() -> refused(rule, "it must be stated for a property"));
        return SqlText.name(find(rule, table, name).name());
    }

    private static ColumnContract find(QualityRule rule, TableContract table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> refused(rule, "there is no property '" + name + "'"));
    }

    private static String missing(
            QualityRule rule, TableContract table, Map<String, Object> arguments) {
        String column = column(rule, table);
        List<String> texts = new ArrayList<>();
        boolean nulls = !arguments.containsKey("missingValues");
        for (Object value : list(rule, arguments, "missingValues")) {
            if (value == null || value.toString().equalsIgnoreCase("null")) {
                nulls = true;
            } else {
                texts.add(SqlText.text(value.toString()));
            }
        }
        if (!arguments.containsKey("missingValues")) {
            texts.add("''");
        }
        String in =
                texts.isEmpty()
                        ? "false"
                        : "CAST(" + column + " AS VARCHAR) IN (" + String.join(", ", texts) + ")";
        return nulls ? column + " IS NULL OR " + in : in;
    }

    private static String invalid(
            QualityRule rule, TableContract table, Map<String, Object> arguments) {
        String column = column(rule, table);
        String text = "CAST(" + column + " AS VARCHAR)";
        List<String> conditions = new ArrayList<>();
        List<Object> valid = list(rule, arguments, "validValues");
        if (!valid.isEmpty()) {
            conditions.add(
                    text
                            + " NOT IN ("
                            + valid.stream()
                                    .map(value -> SqlText.text(String.valueOf(value)))
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
        Object pattern = arguments.get("pattern");
        if (pattern != null) {
            conditions.add(
                    "NOT regexp_matches("
                            + text
                            + ", "
                            + SqlText.text(Patterns.re2(pattern.toString()))
                            + ")");
        }
        if (conditions.isEmpty()) {
            throw refused(rule, "invalidValues needs the argument validValues or pattern");
        }
        return String.join(" OR ", conditions);
    }

    private static KeyCheck key(
            QualityRule rule, TableContract table, Map<String, Object> arguments) {
        List<String> names =
                list(rule, arguments, "properties").stream().map(String::valueOf).toList();
        if (names.isEmpty()) {
            names =
                    List.of(
                            rule.column()
                                    .orElseThrow(() ->
                                            refused(rule, "it needs the argument properties")));
        }
        List<ColumnContract> columns = names.stream().map(name -> find(rule, table, name)).toList();
        boolean integer =
                columns.size() == 1
                        && (columns.getFirst().type() == Primitive.INT
                                || columns.getFirst().type() == Primitive.LONG);
        return new KeyCheck(
                rule.name().toLowerCase(Locale.ROOT),
                columns.stream().map(ColumnContract::name).toList(),
                integer);
    }

    private static List<Object> list(QualityRule rule, Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> values) {
            return new ArrayList<>(values);
        }
        throw refused(rule, "the argument " + name + " must be a list");
    }

    private static Problem refused(QualityRule rule, String why) {
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                "quality rule '" + rule.name() + "' cannot be evaluated: " + why);
    }
}
