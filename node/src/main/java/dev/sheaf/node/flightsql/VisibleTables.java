package dev.sheaf.node.flightsql;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.registry.CatalogProduct;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The products of all regions that a caller may know of, as the catalog over HTTP lists them.
final class VisibleTables {
    private final Ledger ledger;
    private final MeshRegistry registry;
    private final Governance governance;

    VisibleTables(Ledger ledger, MeshRegistry registry, Governance governance) {
        this.ledger = ledger;
        this.registry = registry;
        this.governance = governance;
    }

    /// In name order.
    ///
    /// @param wanted asked before policies are
    List<VisibleTable> of(Principal caller, Predicate<VisibleTable> wanted) {
        List<ProductSpec> here = ledger.products();
        Set<ProductName> known = here.stream().map(ProductSpec::name).collect(Collectors.toSet());
        Stream<VisibleTable> local =
                here.stream()
                        .filter(spec -> wanted.test(table(spec)))
                        .filter(spec -> sees(caller, spec))
                        .map(VisibleTables::table);
        Stream<VisibleTable> elsewhere =
                registry.remote().stream()
                        .filter(product -> !known.contains(product.name()))
                        .filter(product -> wanted.test(table(product)))
                        .filter(product -> sees(caller, product))
                        .map(VisibleTables::table);
        return Stream.concat(local, elsewhere)
                .sorted(Comparator.comparing(VisibleTable::name))
                .toList();
    }

    private static VisibleTable table(ProductSpec spec) {
        return new VisibleTable(spec.name(), spec.table(), spec.contract().id());
    }

    private static VisibleTable table(CatalogProduct product) {
        return new VisibleTable(
                product.name(), product.product().table().table(), product.product().contractId());
    }

    private boolean sees(Principal caller, ProductSpec spec) {
        return governance.decide(caller, Action.PRODUCT_DESCRIBE, spec, "")
                instanceof Decision.Allow;
    }

    private boolean sees(Principal caller, CatalogProduct product) {
        return governance.decide(caller, Action.PRODUCT_DESCRIBE, product, "")
                instanceof Decision.Allow;
    }
}
