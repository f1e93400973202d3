package dev.sheaf.node.queries;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.release.Releases;
import dev.sheaf.product.release.When;
import dev.sheaf.query.TableResolver;

import java.util.List;
import java.util.Optional;

/// Names in statements are data products; what is read is one of their releases.
public final class ReleaseTables implements TableResolver {
    private final Ledger ledger;
    private final Releases releases;

    public ReleaseTables(Ledger ledger, Releases releases) {
        this.ledger = ledger;
        this.releases = releases;
    }

    @Override
    public Optional<ResolvedTable> resolve(ProductName name, AsOf asOf) {
        return releases.resolve(name, when(asOf))
                .map(found ->
                        new ResolvedTable(
                                found.product(),
                                found.contract(),
                                found.table(),
                                found.snapshotId(),
                                found.release()));
    }

    private static When when(AsOf asOf) {
        return switch (asOf) {
            case AsOf.Current() -> new When.Now();
            case AsOf.Release(long number) -> new When.Number(number);
            case AsOf.At(java.time.Instant instant) -> new When.At(instant);
        };
    }

    @Override
    public Optional<String> whyGone(ProductName name, AsOf asOf) {
        return releases.whyGone(name, when(asOf));
    }

    @Override
    public Optional<TableContract> contract(ProductName name) {
        return ledger.product(name).map(ProductSpec::table);
    }

    @Override
    public List<ProductName> products() {
        return ledger.products().stream().map(ProductSpec::name).toList();
    }
}
