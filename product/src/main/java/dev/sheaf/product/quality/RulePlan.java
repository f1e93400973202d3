package dev.sheaf.product.quality;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.QualityRule.Check;
import dev.sheaf.contract.QualityRule.Threshold;
import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.transform.RuleSql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every quality rule of a product, compiled: what to measure, and what is expected.
///
/// Besides the contract's `quality` lists there are rules from `sheaf.references` of a property
/// (`domain.product.column`, or a map with `to` and `severity`): every value must be one of that
/// column's; and the service level `freshness` (or `latency`) with an element: how old its newest
/// value is, for information.
public final class RulePlan {
    static final String REFERENCES = "sheaf.references";

    private final List<Planned> rules;
    private final Set<ProductName> products;

    private RulePlan(List<Planned> rules, Set<ProductName> products) {
        this.rules = List.copyOf(rules);
        this.products = Set.copyOf(products);
    }

    /// @param rule as written
    /// @param measure how its number is found
    record Planned(QualityRule rule, String kind, Measure measure, Threshold threshold) {}

    sealed interface Measure {
        /// A library metric.
        record Library(Metric metric) implements Measure {}

        /// A query that yields one number.
        ///
        /// @param failing whether the number counts wrong rows
        record Query(String sql, boolean failing) implements Measure {}

        /// Not measured here.
        record None(String why) implements Measure {}
    }

    List<Planned> rules() {
        return rules;
    }

    /// Other products that rules read.
    public Set<ProductName> products() {
        return products;
    }

    /// @throws Problem INVALID_CONTRACT, INVALID_SQL, SQL_NOT_ALLOWED: nothing is skipped silently
    public static RulePlan compile(EngineSession session, ProductSpec spec) {
        List<Planned> planned = new ArrayList<>();
        Set<ProductName> products = new LinkedHashSet<>();
        TableContract table = spec.table();
        Set<String> own = ownNames(spec);
        List<QualityRule> rules = new ArrayList<>(table.quality());
        table.columns().forEach(column -> rules.addAll(column.quality()));
        for (QualityRule rule : rules) {
            planned.add(plan(session, rule, table, own, products));
        }
        for (ColumnContract column : table.columns()) {
            reference(column).ifPresent(to -> planned.add(references(column, to, products)));
        }
        Freshness.planned(spec).ifPresent(planned::add);
        return new RulePlan(planned, products);
    }

    private static Set<String> ownNames(ProductSpec spec) {
        Set<String> own = new HashSet<>();
        own.add(spec.table().name());
        spec.table().physicalName().ifPresent(own::add);
        own.add(spec.name().toString());
        return own;
    }

    private static Planned plan(
            EngineSession session,
            QualityRule rule,
            TableContract table,
            Set<String> own,
            Set<ProductName> products) {
        return switch (rule.check()) {
            case Check.Library library -> {
                Metric metric = Metric.of(rule, library, table);
                boolean rowCount = library.metric().equals("rowCount");
                yield new Planned(
                        rule,
                        "library",
                        new Measure.Library(metric),
                        rule.threshold()
                                .orElse(rowCount ? Thresholds.SOME : Thresholds.NONE_AT_ALL));
            }
            case Check.Sql sql -> {
                RuleSql compiled =
                        RuleSql.compile(session, rule.name(), sql.query(), rule.column(), own);
                products.addAll(compiled.products());
                yield new Planned(
                        rule,
                        "sql",
                        new Measure.Query(compiled.text(), false),
                        rule.threshold().orElse(Thresholds.NONE_AT_ALL));
            }
            case Check.Text() ->
                    new Planned(rule, "text", new Measure.None("prose"), Thresholds.NONE_AT_ALL);
            case Check.Custom custom ->
                    new Planned(
                            rule,
                            "custom",
                            new Measure.None("for the engine " + custom.engine()),
                            Thresholds.NONE_AT_ALL);
        };
    }

    private record Reference(ProductName product, String column, String severity) {}

    private static Optional<Reference> reference(ColumnContract column) {
        Object written = column.customProperties().get(REFERENCES);
        if (written == null) {
            return Optional.empty();
        }
        String to = String.valueOf(written);
        String severity = "error";
        if (written instanceof Map<?, ?> map) {
            to = String.valueOf(map.get("to"));
            severity = map.get("severity") == null ? severity : String.valueOf(map.get("severity"));
        }
        int dot = to.lastIndexOf('.');
        if (dot < 0) {
            throw new Problem(
                    ProblemCode.INVALID_CONTRACT,
                    REFERENCES
                            + " of column '"
                            + column.name()
                            + "' must be domain.product.column");
        }
        return Optional.of(
                new Reference(
                        ProductName.parse(to.substring(0, dot)), to.substring(dot + 1), severity));
    }

    private static Planned references(
            ColumnContract column, Reference to, Set<ProductName> products) {
        products.add(to.product());
        String name = SqlText.name(column.name());
        String sql =
                "SELECT count(*) FROM "
                        + RuleSql.OWN
                        + " o WHERE o."
                        + name
                        + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                        + SqlText.name(RuleSql.view(to.product()))
                        + " r WHERE r."
                        + SqlText.name(to.column())
                        + " = o."
                        + name
                        + ")";
        QualityRule rule =
                new QualityRule(
                        column.name() + " references " + to.product() + "." + to.column(),
                        Optional.empty(),
                        Optional.of(column.name()),
                        new Check.Sql(sql),
                        Optional.empty(),
                        to.severity(),
                        Optional.of("consistency"),
                        Optional.empty());
        return new Planned(
                rule, "references", new Measure.Query(sql, true), Thresholds.NONE_AT_ALL);
    }
}
