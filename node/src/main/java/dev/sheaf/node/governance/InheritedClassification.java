package dev.sheaf.node.governance;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Classification;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.transform.Lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Columns that say nothing of themselves are what they are made from: classification and tags go
/// from the products that a product's input ports name, and from the columns of its own files, by
/// name, through its transform to what it publishes. For any thread.
///
/// A copy keeps the classification, a computed value what is left of the strictest. A column with a
/// classification of its own, or the tag `not-personal`, inherits nothing.
public final class InheritedClassification {
    private final Supplier<? extends Collection<ProductSpec>> products;
    private final Function<ProductSpec, Lineage> lineages;

    /// @param products all that are declared
    public InheritedClassification(
            Supplier<? extends Collection<ProductSpec>> products,
            Function<ProductSpec, Lineage> lineages) {
        this.products = products;
        this.lineages = lineages;
    }

    /// The product's table as it is to be protected.
    TableContract of(ProductSpec product) {
        return of(product, new HashSet<>());
    }

    /// @param path products that lead here; contracts may not go in circles, but the declared state
    ///   may be one of another version
    private TableContract of(ProductSpec product, Set<ProductName> path) {
        TableContract table = product.table();
        boolean isAllDecided =
                table.columns().stream().allMatch(InheritedClassification::isDecided);
        if (isAllDecided || !path.add(product.name())) {
            return table;
        }
        Map<String, List<ColumnContract>> sources = new HashMap<>();
        for (ColumnContract column : table.columns()) {
            offer(sources, column);
        }
        for (ProductSpec input : inputs(product)) {
            of(input, path).columns().forEach(column -> offer(sources, column));
        }
        path.remove(product.name());
        if (sources.isEmpty()) {
            return table;
        }
        Lineage lineage = lineages.apply(product);
        return table.with(
                table.columns().stream().map(column -> made(column, lineage, sources)).toList(),
                table.customProperties());
    }

    private List<ProductSpec> inputs(ProductSpec product) {
        List<String> wanted = product.descriptor().inputContractIds();
        return wanted.isEmpty()
                ? List.of()
                : products.get().stream()
                        .filter(other -> wanted.contains(other.contract().id()))
                        .toList();
    }

    private static void offer(Map<String, List<ColumnContract>> sources, ColumnContract column) {
        if (column.classification().isEmpty() && inherited(column.tags()).isEmpty()) {
            return;
        }
        Set<String> names = new HashSet<>();
        names.add(column.name().toLowerCase(Locale.ROOT));
        column.physicalName().map(name -> name.toLowerCase(Locale.ROOT)).ifPresent(names::add);
        names.forEach(name -> sources.computeIfAbsent(name, any -> new ArrayList<>()).add(column));
    }

    private static ColumnContract made(
            ColumnContract column, Lineage lineage, Map<String, List<ColumnContract>> sources) {
        if (isDecided(column)) {
            return column;
        }
        Lineage.Sources from = lineage.of(column);
        List<ColumnContract> found =
                (from.isAll() ? sources.keySet() : from.columns())
                        .stream()
                                .flatMap(name -> sources.getOrDefault(name, List.of()).stream())
                                .toList();
        List<String> words =
                found.stream().flatMap(source -> source.classification().stream()).toList();
        Optional<String> classification =
                from.isCopy() ? Classification.strictest(words) : Classification.ofComputed(words);
        Set<String> tags = new HashSet<>(column.tags());
        found.forEach(source -> tags.addAll(inherited(source.tags())));
        return column.classifiedAs(classification, tags.stream().sorted().toList());
    }

    private static boolean isDecided(ColumnContract column) {
        return column.classification().isPresent()
                || column.tags().contains(GovernedReleases.NOT_PERSONAL);
    }

    private static List<String> inherited(List<String> tags) {
        return tags.stream().filter(tag -> !tag.equals(GovernedReleases.NOT_PERSONAL)).toList();
    }
}
