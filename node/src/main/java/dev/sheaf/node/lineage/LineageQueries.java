package dev.sheaf.node.lineage;

import dev.sheaf.client.ImpactAnswer;
import dev.sheaf.client.ImpactContract;
import dev.sheaf.client.LineageAnswer;
import dev.sheaf.client.LineageDataset;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.Question;
import dev.sheaf.lineage.Reach;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.search.Sightings;
import dev.sheaf.registry.Catalog;
import dev.sheaf.registry.CatalogProduct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers what is made from what, and what a change touches, for callers. For any thread.
public final class LineageQueries {
    private static final int COLUMNS_MAX = 1000;

    private final MeshLineage lineage;
    private final Catalog catalog;
    private final Sightings sightings;

    /// @param sightings the catalog's decisions about callers
    public LineageQueries(MeshLineage lineage, Catalog catalog, Sightings sightings) {
        this.lineage = lineage;
        this.catalog = catalog;
        this.sightings = sightings;
    }

    Sight sight(Principal caller) {
        return new Sight(lineage.names(), lineage.graph(), caller, sightings.of(caller)::mayKnow);
    }

    /// What is reached from a dataset or a column of it.
    ///
    /// @throws Problem NOT_FOUND, also when the caller may not know of it
    LineageAnswer of(
            Principal caller,
            EntityName dataset,
            Optional<String> column,
            Question.Direction direction,
            int depthMax,
            int hitsMax) {
        Sight sight = sight(caller);
        EntityName shown = known(sight, dataset);
        Optional<String> exact = column.map(name -> column(shown, name));
        Reach reach = reach(new Question.Start.Data(shown, exact), direction, depthMax, hitsMax);
        List<String> columns =
                exact.isPresent()
                        ? List.of()
                        : lineage.graph().columns(shown).stream().limit(COLUMNS_MAX).toList();
        LineageAnswers answers = new LineageAnswers(lineage.names(), sight);
        return answers.answer(Optional.of(answers.place(shown, exact)), direction, columns, reach);
    }

    /// What is reached from a job or a model.
    ///
    /// @throws Problem NOT_FOUND, also when the caller may not know of it
    LineageAnswer of(
            Principal caller,
            Question.Start.Owner owner,
            Question.Direction direction,
            int depthMax,
            int hitsMax) {
        Sight sight = sight(caller);
        boolean isSeen =
                lineage.graph().owners(owner.kind()).stream()
                        .filter(key -> key.name().equals(owner.name()))
                        .anyMatch(sight::sees);
        if (!isSeen) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, "lineage knows nothing of '" + owner.name() + "'");
        }
        return new LineageAnswers(lineage.names(), sight)
                .answer(
                        Optional.empty(),
                        direction,
                        List.of(),
                        reach(owner, direction, depthMax, hitsMax));
    }

    /// What a change of a dataset or a column of it touches, in all regions.
    ///
    /// @throws Problem NOT_FOUND, also when the caller may not know of it
    public ImpactAnswer impact(
            Principal caller, EntityName dataset, Optional<String> column, int hitsMax) {
        Sight sight = sight(caller);
        EntityName shown = known(sight, dataset);
        Optional<String> exact = column.map(name -> column(shown, name));
        Reach reach =
                reach(
                        new Question.Start.Data(shown, exact),
                        Question.Direction.DOWNSTREAM,
                        Question.ANY_DEPTH,
                        hitsMax);
        LineageAnswers answers = new LineageAnswers(lineage.names(), sight);
        List<LineageDataset> datasets = answers.datasets(reach);
        List<LineageDataset> products =
                datasets.stream().filter(each -> each.place().product().isPresent()).toList();
        List<ImpactContract> contracts = new ArrayList<>();
        lineage.names()
                .product(shown)
                .flatMap(name ->
                        contract(name, exact.map(List::of).orElse(List.of()), exact.isEmpty()))
                .ifPresent(contracts::add);
        for (LineageDataset each : products) {
            each.place()
                    .product()
                    .map(ProductName::parse)
                    .flatMap(name -> contract(name, each.columns(), each.whole()))
                    .ifPresent(contracts::add);
        }
        return new ImpactAnswer(
                answers.place(shown, exact),
                products,
                datasets.stream().filter(each -> each.place().product().isEmpty()).toList(),
                answers.jobs(reach),
                answers.owners(reach, dev.sheaf.lineage.OwnerKey.Kind.MODEL),
                answers.owners(reach, dev.sheaf.lineage.OwnerKey.Kind.CONSUMER),
                contracts,
                reach.datasetCount(),
                reach.columnCount(),
                reach.ownerCount(),
                LineageAnswers.isTruncated(reach));
    }

    /// The same for a product.
    public ImpactAnswer impact(
            Principal caller, ProductName product, Optional<String> column, int hitsMax) {
        return impact(caller, lineage.names().product(product), column, hitsMax);
    }

    private Optional<ImpactContract> contract(
            ProductName name, List<String> columns, boolean isWhole) {
        Optional<CatalogProduct> product = catalog.product(name);
        return product.map(each ->
                new ImpactContract(
                        name.toString(),
                        each.home().toString(),
                        each.product().contractId(),
                        each.product().contractVersion(),
                        columns,
                        isWhole));
    }

    private Reach reach(
            Question.Start start, Question.Direction direction, int depthMax, int hitsMax) {
        return lineage.graph()
                .reach(new Question(start, direction, depthMax, hitsMax))
                .orElseGet(() -> new Reach(List.of(), List.of(), 0, 0, 0));
    }

    /// The dataset under the name that is shown.
    ///
    /// @throws Problem NOT_FOUND, also when the caller may not know of it
    EntityName known(Sight sight, EntityName dataset) {
        EntityName shown = lineage.graph().names(dataset).getFirst();
        boolean isThere =
                lineage.graph().hasDataset(dataset)
                        || lineage.names().product(dataset).flatMap(catalog::product).isPresent();
        if (!isThere || !sight.sees(shown)) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    lineage.names()
                            .product(dataset)
                            .map(name -> "there is no product " + name)
                            .orElse("lineage knows no dataset '" + dataset + "'"));
        }
        return shown;
    }

    /// The column as it is written there.
    ///
    /// @throws Problem NOT_FOUND
    String column(EntityName dataset, String name) {
        List<String> columns = lineage.graph().columns(dataset);
        if (columns.contains(name)) {
            return name;
        }
        List<String> alike = columns.stream().filter(name::equalsIgnoreCase).toList();
        if (alike.size() == 1) {
            return alike.getFirst();
        }
        throw new Problem(
                ProblemCode.NOT_FOUND,
                "lineage knows no column '"
                        + name
                        + "' of "
                        + dataset.name()
                        + (columns.isEmpty()
                                ? ""
                                : "; it has "
                                        + String.join(
                                                ", ",
                                                columns.subList(0, Math.min(20, columns.size())))
                                        + (columns.size() > 20 ? ", …" : "")));
    }
}
