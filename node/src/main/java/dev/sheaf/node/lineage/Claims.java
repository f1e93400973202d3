package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.DatasetFacts;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesBuilder;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.LineageEvent;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.node.identity.Principal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Holds an event against who sends it. Datasets that are products under another name get their
/// product's; whoever says that something is written to a product must have its domain, and only
/// nodes speak of what is the mesh's own. For any thread.
final class Claims {
    private final MeshNames names;
    private final LineageGraph graph;

    Claims(MeshNames names, LineageGraph graph) {
        this.names = names;
        this.graph = graph;
    }

    /// The event as it counts.
    ///
    /// @throws Problem FORBIDDEN naming what the caller may not say
    LineageEvent checked(LineageEvent event, Principal caller) {
        switch (event) {
            case LineageEvent.OfRun run -> requireForeign(run.job());
            case LineageEvent.OfJob job -> requireForeign(job.job());
            case LineageEvent.OfDataset _ -> {}
        }
        LineageEvent counting = counting(event);
        LineageEvent.Contents contents = counting.contents();
        written(contents.edges()).forEach(dataset -> requireOwn(dataset, caller));
        contents.told()
                .forEach((job, edges) -> {
                    requireForeign(job);
                    written(edges).forEach(dataset -> requireOwn(dataset, caller));
                });
        if (counting instanceof LineageEvent.OfDataset of) {
            requireOwn(of.dataset(), caller);
        }
        return counting;
    }

    /// The same for an event that was checked when it came.
    LineageEvent counting(LineageEvent event) {
        if (event instanceof LineageEvent.OfRun run
                && run.job().namespace().equals(names.publishes())) {
            return counting(run);
        }
        LineageEvent.Contents contents = event.contents();
        Map<EntityName, EntityName> products = products(contents);
        if (products.isEmpty()) {
            return event;
        }
        Map<EntityName, Edges> told = new LinkedHashMap<>();
        contents.told().forEach((job, edges) -> told.put(job, renamed(edges, products)));
        // What a product's columns and places are, its home says.
        List<DatasetFacts> facts =
                contents.datasets().stream()
                        .filter(each -> !products.containsKey(each.dataset()))
                        .toList();
        LineageEvent.Contents counting =
                new LineageEvent.Contents(
                        renamed(contents.edges(), products), told, facts, contents.notes());
        return switch (event) {
            case LineageEvent.OfDataset of ->
                    new LineageEvent.OfDataset(
                            of.time(), products.getOrDefault(of.dataset(), of.dataset()), counting);
            case LineageEvent.OfRun run -> run.with(counting);
            case LineageEvent.OfJob job -> job.with(counting);
        };
    }

    /// Of a publish, what it is made from besides products: which of those, the catalog says for
    /// all regions.
    private LineageEvent counting(LineageEvent.OfRun publish) {
        EdgesBuilder edges = new EdgesBuilder();
        publish.contents().edges().outputs().forEach(edges::output);
        publish.contents().edges().inputs().stream()
                .filter(input -> !names.isOfMesh(input))
                .forEach(edges::input);
        return publish.with(
                new LineageEvent.Contents(edges.build(), Map.of(), List.of(), List.of()));
    }

    private void requireForeign(EntityName job) {
        if (names.isOfMesh(job)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the job '"
                            + job.name()
                            + "' is in the namespace "
                            + job.namespace()
                            + ", of which only nodes of the mesh speak: give it a namespace of"
                            + " your own");
        }
    }

    /// Datasets of the event that are products, by whichever of their names.
    private Map<EntityName, EntityName> products(LineageEvent.Contents contents) {
        Map<EntityName, EntityName> products = new HashMap<>();
        for (DatasetFacts facts : contents.datasets()) {
            for (EntityName other : facts.otherNames().orElse(Set.of())) {
                known(other).ifPresent(product -> products.put(facts.dataset(), product));
            }
        }
        Set<EntityName> all = new LinkedHashSet<>(contents.edges().datasets());
        contents.told().values().forEach(edges -> all.addAll(edges.datasets()));
        contents.datasets().forEach(facts -> all.add(facts.dataset()));
        for (EntityName dataset : all) {
            known(dataset).ifPresent(product -> products.put(dataset, product));
        }
        return products;
    }

    private Optional<EntityName> known(EntityName dataset) {
        EntityName shown = graph.names(dataset).getFirst();
        return names.isOfMesh(shown) ? Optional.of(shown) : Optional.empty();
    }

    private static Edges renamed(Edges edges, Map<EntityName, EntityName> products) {
        return products.isEmpty()
                ? edges
                : edges.renamed(
                        dataset -> products.getOrDefault(dataset, dataset),
                        column ->
                                new ColumnName(
                                        products.getOrDefault(column.dataset(), column.dataset()),
                                        column.column()));
    }

    private static Set<EntityName> written(Edges edges) {
        Set<EntityName> written = new LinkedHashSet<>(edges.outputs());
        edges.columns().forEach(edge -> written.add(edge.to().dataset()));
        edges.wholes().forEach(edge -> written.add(edge.to()));
        edges.tables().forEach(edge -> written.add(edge.to()));
        return written;
    }

    private void requireOwn(EntityName dataset, Principal caller) {
        if (!names.isOfMesh(dataset)) {
            return;
        }
        Optional<ProductName> product = names.product(dataset);
        if (product.filter(name -> caller.covers(name.domain())).isEmpty()) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the event says that something is written to "
                            + product.map(name -> "the product " + name).orElse(dataset.toString())
                            + product.map(name ->
                                            ", and your token does not cover the domain "
                                                    + name.domain())
                                    .orElse(", which is no product")
                            + ": whoever has the domain may say so");
        }
    }
}
