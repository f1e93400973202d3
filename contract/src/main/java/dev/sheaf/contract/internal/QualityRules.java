package dev.sheaf.contract.internal;

import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.QualityRule.Check;
import dev.sheaf.contract.QualityRule.Operator;
import dev.sheaf.contract.QualityRule.Threshold;
import dev.sheaf.contract.QualityRule.Unit;
import dev.sheaf.contract.document.Node;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Quality rules of one table, from either generation of ODCS.
final class QualityRules {
    static final Map<String, Operator> OPERATORS = operators();

    private static final String PERCENT = "percent";
    private static final Set<String> METRICS =
            Set.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");

    /// Fields of a library rule in 3.0 that 3.1 moved into `arguments`.
    private static final Set<String> OWN_FIELDS =
            Set.of(
                    "id",
                    "name",
                    "description",
                    "type",
                    "metric",
                    "rule",
                    "arguments",
                    "unit",
                    "severity",
                    "dimension",
                    "businessImpact",
                    "method",
                    "schedule",
                    "scheduler",
                    "tags",
                    "customProperties",
                    "authoritativeDefinitions",
                    "query",
                    "engine",
                    "implementation");

    private final Set<String> names = new HashSet<>();

    /// A metric under its name of 3.1, with what its old name implied.
    private record Metric(String name, Optional<Unit> unit, Optional<Threshold> threshold) {}

    private static Map<String, Operator> operators() {
        Map<String, Operator> map = new LinkedHashMap<>();
        map.put("mustBe", Operator.MUST_BE);
        map.put("mustNotBe", Operator.MUST_NOT_BE);
        map.put("mustBeGreaterThan", Operator.MUST_BE_GREATER_THAN);
        map.put("mustBeGreaterOrEqualTo", Operator.MUST_BE_GREATER_OR_EQUAL_TO);
        map.put("mustBeLessThan", Operator.MUST_BE_LESS_THAN);
        map.put("mustBeLessOrEqualTo", Operator.MUST_BE_LESS_OR_EQUAL_TO);
        map.put("mustBeBetween", Operator.MUST_BE_BETWEEN);
        map.put("mustNotBeBetween", Operator.MUST_NOT_BE_BETWEEN);
        return map;
    }

    List<QualityRule> of(Fields owner, Optional<String> column) {
        return owner.objects("quality").stream().map(rule -> rule(rule, column)).toList();
    }

    /// Rules of members of a nested column. There is no engine for them yet, so they are kept as
    /// rules that are reported as not run.
    void ofNested(Fields property, String path, List<QualityRule> into) {
        for (Fields member : property.objects("properties")) {
            String nested = path + "." + member.text("name").orElse("");
            addNested(member, nested, into);
        }
        Fields items = property.object("items");
        if (!items.mapping().members().isEmpty()) {
            addNested(items, path + "[]", into);
        }
    }

    private void addNested(Fields member, String path, List<QualityRule> into) {
        for (QualityRule rule : of(member, Optional.of(path))) {
            into.add(
                    new QualityRule(
                            rule.name(),
                            rule.description(),
                            rule.column(),
                            rule.check() instanceof Check.Text
                                    ? rule.check()
                                    : new Check.Custom("nested", path),
                            rule.threshold(),
                            rule.severity(),
                            rule.dimension(),
                            rule.businessImpact()));
        }
        ofNested(member, path, into);
    }

    private QualityRule rule(Fields fields, Optional<String> column) {
        Optional<Metric> metric = metric(fields);
        Check check = check(fields, metric);
        Unit unit =
                fields.text("unit")
                        .map(QualityRules::unit)
                        .or(() -> metric.flatMap(Metric::unit))
                        .orElse(Unit.ROWS);
        Optional<Threshold> threshold =
                threshold(fields, unit).or(() -> metric.flatMap(Metric::threshold));
        return new QualityRule(
                unique(fields.text("name").orElseGet(() -> madeName(check, column))),
                fields.text("description"),
                column,
                check,
                threshold,
                fields.text("severity").map(text -> text.toLowerCase(Locale.ROOT)).orElse("error"),
                fields.text("dimension"),
                fields.text("businessImpact"));
    }

    private static Unit unit(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return word.startsWith(PERCENT) || word.equals("%") ? Unit.PERCENT : Unit.ROWS;
    }

    private static Check check(Fields fields, Optional<Metric> metric) {
        String type = fields.text("type").orElse(fields.has("query") ? "sql" : "library");
        return switch (type) {
            case "text" -> new Check.Text();
            case "sql" -> new Check.Sql(fields.text("query").orElse(""));
            case "custom" ->
                    new Check.Custom(
                            fields.text("engine").orElse(""),
                            Optional.ofNullable(
                                            fields.node("implementation")
                                                    .map(Json::plain)
                                                    .orElse(null))
                                    .orElse(""));
            default ->
                    metric.<Check>map(known -> library(known.name(), fields))
                            .orElseGet(() -> unknown(fields));
        };
    }

    private static Check library(String metric, Fields fields) {
        if (!METRICS.contains(metric)) {
            return new Check.Custom("library", metric);
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        fields.mapping()
                .members()
                .forEach((key, member) -> {
                    if (!OWN_FIELDS.contains(key) && !OPERATORS.containsKey(key)) {
                        put(arguments, key, member.value());
                    }
                });
        fields.object("arguments")
                .mapping()
                .members()
                .forEach((key, member) -> put(arguments, key, member.value()));
        return new Check.Library(metric, arguments);
    }

    private static void put(Map<String, Object> arguments, String key, Node value) {
        Object plain = Json.plain(value);
        if (plain != null) {
            arguments.put(key, plain);
        }
    }

    private static Check unknown(Fields fields) {
        return fields.has("implementation")
                ? new Check.Custom(
                        fields.text("engine").orElse(""), fields.text("implementation").orElse(""))
                : new Check.Text();
    }

    private static Optional<Metric> metric(Fields fields) {
        return fields.text("metric").or(() -> fields.text("rule")).map(QualityRules::renamed);
    }

    /// The names of the 3.0 library and what they mean in that of 3.1.
    private static Metric renamed(String name) {
        Threshold none = new Threshold(Operator.MUST_BE, List.of(BigDecimal.ZERO), Unit.ROWS);
        Threshold some =
                new Threshold(Operator.MUST_BE_GREATER_THAN, List.of(BigDecimal.ZERO), Unit.ROWS);
        return switch (name) {
            case "duplicateCount" ->
                    new Metric("duplicateValues", Optional.empty(), Optional.empty());
            case "duplicatePercent" ->
                    new Metric("duplicateValues", Optional.of(Unit.PERCENT), Optional.empty());
            case "uniqueCheck" ->
                    new Metric("duplicateValues", Optional.empty(), Optional.of(none));
            case "nullCheck" -> new Metric("nullValues", Optional.empty(), Optional.of(none));
            case "nullCount" -> new Metric("nullValues", Optional.empty(), Optional.empty());
            case "nullPercent" ->
                    new Metric("nullValues", Optional.of(Unit.PERCENT), Optional.empty());
            case "missingCount" -> new Metric("missingValues", Optional.empty(), Optional.empty());
            case "missingPercent" ->
                    new Metric("missingValues", Optional.of(Unit.PERCENT), Optional.empty());
            case "validValues" -> new Metric("invalidValues", Optional.empty(), Optional.of(none));
            case "invalidCount" -> new Metric("invalidValues", Optional.empty(), Optional.empty());
            case "invalidPercent" ->
                    new Metric("invalidValues", Optional.of(Unit.PERCENT), Optional.empty());
            case "countCheck" -> new Metric("rowCount", Optional.empty(), Optional.of(some));
            default -> new Metric(name, Optional.empty(), Optional.empty());
        };
    }

    private static Optional<Threshold> threshold(Fields fields, Unit unit) {
        for (Map.Entry<String, Operator> operator : OPERATORS.entrySet()) {
            Optional<Node> node = fields.node(operator.getKey());
            if (node.isPresent()) {
                List<BigDecimal> values = numbers(node.get());
                if (!values.isEmpty()) {
                    return Optional.of(new Threshold(operator.getValue(), values, unit));
                }
            }
        }
        return Optional.empty();
    }

    private static List<BigDecimal> numbers(Node node) {
        List<BigDecimal> values = new ArrayList<>();
        switch (node) {
            case Node.Number number -> values.add(number.value());
            case Node.Sequence list -> list.items().forEach(item -> values.addAll(numbers(item)));
            default -> {}
        }
        return values;
    }

    private static String madeName(Check check, Optional<String> column) {
        String what =
                switch (check) {
                    case Check.Library library -> library.metric();
                    case Check.Sql ignored -> "sql";
                    case Check.Text ignored -> "text";
                    case Check.Custom custom -> "custom-" + custom.engine();
                };
        return column.map(name -> what + "(" + name + ")").orElse(what);
    }

    private String unique(String name) {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }
}
