package dev.sheaf.contract.internal;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.QualityRule.Operator;
import dev.sheaf.contract.document.Node;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether a quality rule can ever be met, and ever be missed.
final class RuleChecks {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Set<String> METRICS =
            Set.of(
                    "nullValues",
                    "missingValues",
                    "invalidValues",
                    "duplicateValues",
                    "rowCount",
                    "duplicateCount",
                    "duplicatePercent",
                    "uniqueCheck",
                    "nullCheck",
                    "nullCount",
                    "nullPercent",
                    "missingCount",
                    "missingPercent",
                    "validValues",
                    "invalidCount",
                    "invalidPercent",
                    "countCheck");

    private RuleChecks() {}

    static void run(Fields rule, String pointer, SenseChecks.Report report) {
        boolean library = rule.text("type").orElse("library").equals("library");
        String metric = rule.text("metric").or(() -> rule.text("rule")).orElse("");
        if (library && !metric.isEmpty() && !METRICS.contains(metric)) {
            report.warn(
                    pointer,
                    "sheaf.rule",
                    "'"
                            + Finding.shown(metric)
                            + "' is no metric that Sheaf can measure; the rule is reported as not"
                            + " run");
        }
        boolean percent =
                rule.text("unit").orElse("").equals("percent") || metric.endsWith("Percent");
        for (Map.Entry<String, Operator> operator : QualityRules.OPERATORS.entrySet()) {
            rule.node(operator.getKey())
                    .ifPresent(node ->
                            threshold(
                                    operator.getKey(),
                                    operator.getValue(),
                                    node,
                                    library,
                                    percent,
                                    pointer,
                                    report));
        }
    }

    private static void threshold(
            String key,
            Operator operator,
            Node node,
            boolean library,
            boolean percent,
            String pointer,
            SenseChecks.Report report) {
        List<BigDecimal> values = numbers(node);
        String at = pointer + "/" + key;
        if (values.isEmpty()) {
            report.warn(at, "sheaf.rule", "is no number; the rule is reported as not run");
            return;
        }
        boolean range =
                operator == Operator.MUST_BE_BETWEEN || operator == Operator.MUST_NOT_BE_BETWEEN;
        if (range && values.getFirst().compareTo(values.getLast()) > 0) {
            report.warn(
                    at,
                    "sheaf.impossible",
                    "the range begins above its end; write the smaller number first");
        }
        if (library && impossible(operator, values, percent)) {
            report.warn(
                    at,
                    "sheaf.impossible",
                    "no measurement can be "
                            + words(operator)
                            + " "
                            + values.getFirst().toPlainString()
                            + (percent ? " percent" : " rows")
                            + "; every release would be refused");
        }
        if (percent && values.stream().anyMatch(value -> value.compareTo(HUNDRED) > 0)) {
            report.warn(at, "sheaf.rule", "a percentage lies between 0 and 100");
        }
    }

    /// Counts are never negative, percentages never above 100.
    private static boolean impossible(Operator operator, List<BigDecimal> values, boolean percent) {
        BigDecimal value = values.getFirst();
        return switch (operator) {
            case MUST_BE -> value.signum() < 0 || percent && value.compareTo(HUNDRED) > 0;
            case MUST_BE_LESS_THAN -> value.signum() <= 0;
            case MUST_BE_LESS_OR_EQUAL_TO -> value.signum() < 0;
            case MUST_BE_GREATER_THAN -> percent && value.compareTo(HUNDRED) >= 0;
            case MUST_BE_GREATER_OR_EQUAL_TO -> percent && value.compareTo(HUNDRED) > 0;
            case MUST_BE_BETWEEN -> values.getLast().signum() < 0;
            case MUST_NOT_BE, MUST_NOT_BE_BETWEEN -> false;
        };
    }

    private static String words(Operator operator) {
        return switch (operator) {
            case MUST_BE -> "exactly";
            case MUST_NOT_BE -> "other than";
            case MUST_BE_GREATER_THAN -> "more than";
            case MUST_BE_GREATER_OR_EQUAL_TO -> "at least";
            case MUST_BE_LESS_THAN -> "less than";
            case MUST_BE_LESS_OR_EQUAL_TO -> "at most";
            case MUST_BE_BETWEEN, MUST_NOT_BE_BETWEEN -> "between numbers that end with";
        };
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
}
