package dev.sheaf.product.quality;

import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.QualityRule.Unit;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.transform.RuleSql;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Measures a [RulePlan] over the view [RuleSql#OWN]: all plain aggregates in one scan, each
/// different set of key columns once, each query once. Reads are needed views of other products; a
/// rule on a product without a release fails.
public final class RuleRun {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final EngineSession session;
    private final RulePlan plan;
    private final Set<List<String>> uniqueByConstraint;
    private final Set<ProductName> absent;

    /// @param uniqueByConstraint column sets that cannot repeat any more, so need no count
    /// @param absent products that rules read but that have no release
    public RuleRun(
            EngineSession session,
            RulePlan plan,
            Set<List<String>> uniqueByConstraint,
            Set<ProductName> absent) {
        this.session = session;
        this.plan = plan;
        this.uniqueByConstraint = Set.copyOf(uniqueByConstraint);
        this.absent = Set.copyOf(absent);
    }

    public List<RuleResult> run() {
        Map<String, BigDecimal> aggregates = aggregates();
        BigDecimal total = aggregates.getOrDefault("count(*)", BigDecimal.ZERO);
        long rows = total.longValueExact();
        Map<List<String>, BigDecimal> duplicates = new HashMap<>();
        List<RuleResult> results = new ArrayList<>();
        for (RulePlan.Planned planned : plan.rules()) {
            results.add(
                    switch (planned.measure()) {
                        case RulePlan.Measure.None none -> notRun(planned, none.why(), rows);
                        case RulePlan.Measure.Query query -> query(planned, query, rows);
                        case RulePlan.Measure.Library library ->
                                switch (library.metric()) {
                                    case Metric.Aggregate aggregate ->
                                            judged(
                                                    planned,
                                                    aggregates.getOrDefault(
                                                            aggregate.sql(), BigDecimal.ZERO),
                                                    aggregate.failing(),
                                                    rows);
                                    case Metric.Duplicates repeated ->
                                            judged(
                                                    planned,
                                                    duplicates.computeIfAbsent(
                                                            repeated.key().columns(),
                                                            columns -> duplicates(repeated.key())),
                                                    true,
                                                    rows);
                                };
                    });
        }
        return List.copyOf(results);
    }

    private Map<String, BigDecimal> aggregates() {
        List<String> wanted = new ArrayList<>();
        wanted.add("count(*)");
        for (RulePlan.Planned planned : plan.rules()) {
            if (planned.measure() instanceof RulePlan.Measure.Library library
                    && library.metric() instanceof Metric.Aggregate aggregate
                    && !wanted.contains(aggregate.sql())) {
                wanted.add(aggregate.sql());
            }
        }
        List<@Nullable Object> row =
                session.query("SELECT " + String.join(", ", wanted) + " FROM " + RuleSql.OWN)
                        .rows()
                        .getFirst();
        Map<String, BigDecimal> values = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            values.put(wanted.get(i), new BigDecimal(String.valueOf(row.get(i))));
        }
        return values;
    }

    private BigDecimal duplicates(KeyCheck key) {
        return uniqueByConstraint.contains(key.columns())
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(Distinct.duplicates(session, RuleSql.OWN, key));
    }

    private RuleResult query(RulePlan.Planned planned, RulePlan.Measure.Query query, long rows) {
        Optional<ProductName> missing =
                absent.stream()
                        .filter(product ->
                                query.sql().contains(SqlText.name(RuleSql.view(product))))
                        .findFirst();
        if (missing.isPresent()) {
            return failed(planned, "there is no release of " + missing.get() + " to read", rows);
        }
        List<List<@Nullable Object>> answer;
        try {
            answer = session.query("SELECT * FROM (" + query.sql() + ") LIMIT 2").rows();
        } catch (EngineProblem e) {
            return switch (e.kind()) {
                case INVALID_SQL -> failed(planned, "its query names what is not there", rows);
                case DATA -> failed(planned, "its query failed on a value", rows);
                case FILE, OUT_OF_MEMORY, STORAGE, CANCELLED, TIMED_OUT, WORKER_DIED, INTERNAL ->
                        throw e;
            };
        }
        if (answer.size() != 1 || answer.getFirst().size() != 1) {
            return failed(planned, "its query must yield exactly one number", rows);
        }
        Object value = answer.getFirst().getFirst();
        if (value == null) {
            return failed(planned, "its query yields null", rows);
        }
        Optional<BigDecimal> number = number(value);
        return number.isEmpty()
                ? failed(planned, "its query yields something that is not a number", rows)
                : judged(planned, number.get(), query.failing(), rows);
    }

    private static Optional<BigDecimal> number(Object value) {
        if (value instanceof Boolean flag) {
            return Optional.of(flag ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        try {
            return Optional.of(new BigDecimal(value.toString()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static RuleResult judged(
            RulePlan.Planned planned, BigDecimal measured, boolean failing, long rows) {
        QualityRule rule = planned.rule();
        boolean percent = planned.threshold().unit() == Unit.PERCENT;
        BigDecimal shown =
                percent && planned.measure() instanceof RulePlan.Measure.Library
                        ? rows == 0
                                ? BigDecimal.ZERO
                                : measured.multiply(HUNDRED)
                                        .divide(BigDecimal.valueOf(rows), 6, RoundingMode.HALF_UP)
                                        .stripTrailingZeros()
                        : measured;
        boolean passed = Thresholds.keeps(rule.name(), planned.threshold(), shown);
        double share =
                rows == 0 || !failing ? 0 : Math.clamp(1 - measured.doubleValue() / rows, 0.0, 1.0);
        String expected = Thresholds.words(planned.threshold());
        return result(
                planned,
                Optional.of(shown),
                passed ? RuleResult.PASSED : RuleResult.FAILED,
                passed ? 1 : share,
                rows,
                passed
                        ? Optional.empty()
                        : Optional.of(
                                "measured "
                                        + shown.toPlainString()
                                        + (percent ? " %" : "")
                                        + ", expected "
                                        + expected));
    }

    private static RuleResult failed(RulePlan.Planned planned, String why, long rows) {
        return result(planned, Optional.empty(), RuleResult.FAILED, 0, rows, Optional.of(why));
    }

    private static RuleResult notRun(RulePlan.Planned planned, String why, long rows) {
        return result(planned, Optional.empty(), RuleResult.NOT_RUN, 0, rows, Optional.of(why));
    }

    private static RuleResult result(
            RulePlan.Planned planned,
            Optional<BigDecimal> measured,
            String outcome,
            double credit,
            long rows,
            Optional<String> reason) {
        QualityRule rule = planned.rule();
        return new RuleResult(
                rule.name(),
                rule.column(),
                rule.dimension(),
                planned.kind(),
                measured,
                outcome.equals(RuleResult.NOT_RUN) ? "" : Thresholds.words(planned.threshold()),
                outcome,
                Severity.of(rule.severity()).name().toLowerCase(java.util.Locale.ROOT),
                rows,
                credit,
                reason);
    }
}
