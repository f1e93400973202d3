package dev.sheaf.product.quality;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.QualityRule.Operator;
import dev.sheaf.contract.QualityRule.Threshold;
import dev.sheaf.contract.QualityRule.Unit;
import dev.sheaf.contract.SlaProperty;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.transform.RuleSql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The service level `freshness` as a rule: the age of the newest value of its element, in hours.
/// It is reported and neither counts nor refuses: late data are better than none, and old days may
/// be published on purpose.
final class Freshness {
    private Freshness() {}

    static Optional<RulePlan.Planned> planned(ProductSpec spec) {
        for (SlaProperty level : spec.contract().slaProperties()) {
            String property = level.property().toLowerCase(Locale.ROOT);
            if (property.equals("freshness") || property.equals("latency")) {
                Optional<RulePlan.Planned> rule = rule(spec, level);
                if (rule.isPresent()) {
                    return rule;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<RulePlan.Planned> rule(ProductSpec spec, SlaProperty level) {
        Optional<ColumnContract> column = level.element().flatMap(name -> column(spec, name));
        Optional<BigDecimal> hours = hours(level);
        if (column.isEmpty() || hours.isEmpty()) {
            return Optional.empty();
        }
        String sql =
                "SELECT round(epoch(CAST(now() AS TIMESTAMP) - CAST(max("
                        + SqlText.name(column.get().name())
                        + ") AS TIMESTAMP)) / 3600.0, 2) FROM "
                        + RuleSql.OWN;
        QualityRule rule =
                new QualityRule(
                        level.property() + " of " + column.get().name() + " in hours",
                        Optional.empty(),
                        Optional.of(column.get().name()),
                        new QualityRule.Check.Sql(sql),
                        Optional.empty(),
                        "info",
                        Optional.of("timeliness"),
                        Optional.empty());
        Threshold threshold =
                new Threshold(Operator.MUST_BE_LESS_OR_EQUAL_TO, List.of(hours.get()), Unit.ROWS);
        return Optional.of(
                new RulePlan.Planned(
                        rule, "freshness", new RulePlan.Measure.Query(sql, false), threshold));
    }

    private static Optional<ColumnContract> column(ProductSpec spec, String element) {
        String name = element.substring(element.lastIndexOf('.') + 1);
        return spec.table().columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .filter(column ->
                        column.type() == Primitive.TIMESTAMP
                                || column.type() == Primitive.TIMESTAMP_TZ
                                || column.type() == Primitive.DATE)
                .findFirst();
    }

    private static Optional<BigDecimal> hours(SlaProperty level) {
        BigDecimal value;
        try {
            value = new BigDecimal(level.value().strip());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        String unit = level.unit().orElse("h").toLowerCase(Locale.ROOT);
        return switch (unit) {
            case "m", "min", "minute", "minutes" ->
                    Optional.of(value.divide(BigDecimal.valueOf(60), 4, java.math.RoundingMode.UP));
            case "h", "hour", "hours" -> Optional.of(value);
            case "d", "day", "days" -> Optional.of(value.multiply(BigDecimal.valueOf(24)));
            case "w", "week", "weeks" -> Optional.of(value.multiply(BigDecimal.valueOf(168)));
            default -> Optional.empty();
        };
    }
}
