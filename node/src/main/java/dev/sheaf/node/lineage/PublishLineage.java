package dev.sheaf.node.lineage;

import dev.sheaf.contract.DuckTypes;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.RunState;
import dev.sheaf.node.runs.PublishOrder;
import dev.sheaf.node.runs.PublishWork;
import dev.sheaf.node.runs.RunProgress;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.publish.PublishReport;
import dev.sheaf.product.quality.RuleResult;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/// Reports each publish to lineage: that it begins, and how it ends. Publishing neither waits nor
/// fails for it. For any thread.
public final class PublishLineage implements PublishWork {
    private final PublishWork work;
    private final Function<ProductName, Optional<ProductSpec>> products;
    private final Clock clock;
    private volatile Optional<MeshLineage> lineage = Optional.empty();

    /// @param work does it
    public PublishLineage(
            PublishWork work, Function<ProductName, Optional<ProductSpec>> products, Clock clock) {
        this.work = work;
        this.products = products;
        this.clock = clock;
    }

    /// From now on it reports.
    public void reports(MeshLineage known) {
        lineage = Optional.of(known);
    }

    @Override
    public PublishReport publish(PublishOrder order, RunProgress progress) {
        if (order.dryRun()) {
            return work.publish(order, progress);
        }
        tell(order, RunState.START, Optional.empty(), Optional.empty());
        try {
            PublishReport report = work.publish(order, progress);
            RunState state = state(report);
            tell(order, state, Optional.of(report), Optional.empty());
            return report;
        } catch (Problem problem) {
            tell(order, RunState.FAIL, Optional.empty(), Optional.of(problem.message()));
            throw problem;
        } catch (RuntimeException e) {
            tell(order, RunState.FAIL, Optional.empty(), Optional.of("it failed unexpectedly"));
            throw e;
        }
    }

    private static RunState state(PublishReport report) {
        boolean isMade =
                report.outcome().equals(Run.State.COMMITTED.name())
                        || report.outcome().equals(Run.State.UNCHANGED.name());
        return isMade ? RunState.COMPLETE : RunState.FAIL;
    }

    private void tell(
            PublishOrder order,
            RunState state,
            Optional<PublishReport> report,
            Optional<String> failure) {
        lineage.ifPresent(known -> {
            MeshNames names = known.names();
            EntityName product = names.product(order.product());
            EventWriter event =
                    new EventWriter(
                            clock.instant(),
                            state,
                            order.runId(),
                            new EntityName(names.publishes(), order.product().toString()),
                            files(order, product).and(known.made(order.product())));
            products.apply(order.product()).ifPresent(spec -> schema(event, product, spec));
            report.ifPresent(each -> statistics(event, product, each));
            failure.or(() ->
                            report.filter(_ -> state == RunState.FAIL)
                                    .map(each -> String.join("; ", each.reason())))
                    .ifPresent(message -> {
                        ObjectNode facet =
                                event.runFacet("errorMessage", "1-0-1/ErrorMessageRunFacet.json");
                        facet.put("message", message);
                        facet.put("programmingLanguage", "SQL");
                    });
            known.ownSoon(event.text());
        });
    }

    private static Edges files(PublishOrder order, EntityName product) {
        EdgesBuilder edges = new EdgesBuilder().output(product);
        if (order.files() instanceof PublishOrder.Files.Located located) {
            for (URI uri : located.uris()) {
                MeshNames.place(uri.toString()).ifPresent(edges::input);
            }
        }
        return edges.build();
    }

    private static void schema(EventWriter event, EntityName product, ProductSpec spec) {
        ArrayNode fields =
                event.outputFacet(product, "schema", "1-1-1/SchemaDatasetFacet.json")
                        .putArray("fields");
        spec.table()
                .columns()
                .forEach(column -> {
                    ObjectNode field = fields.addObject();
                    field.put("name", column.name());
                    field.put("type", DuckTypes.toSql(column.type()));
                    column.description().ifPresent(text -> field.put("description", text));
                });
    }

    private static void statistics(EventWriter event, EntityName product, PublishReport report) {
        event.writtenFacet(
                        product,
                        "outputStatistics",
                        "1-0-2/OutputStatisticsOutputDatasetFacet.json")
                .put("rowCount", report.rowsPublished());
        ObjectNode metrics =
                event.outputFacet(
                        product, "dataQualityMetrics", "1-0-3/DataQualityMetricsDatasetFacet.json");
        metrics.put("rowCount", report.rowsTotal());
        metrics.putObject("columnMetrics");
        ArrayNode assertions =
                event.outputFacet(
                                product,
                                "dataQualityAssertions",
                                "1-0-2/DataQualityAssertionsDatasetFacet.json")
                        .putArray("assertions");
        for (RuleResult rule : report.rules()) {
            ObjectNode assertion = assertions.addObject();
            assertion.put("assertion", rule.name());
            assertion.put("success", rule.outcome().equals(RuleResult.PASSED));
            rule.column().ifPresent(column -> assertion.put("column", column));
        }
    }
}
