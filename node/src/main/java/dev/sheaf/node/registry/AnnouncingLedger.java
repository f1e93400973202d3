package dev.sheaf.node.registry;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Run;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A ledger that tells of what other regions may want to know, once it is durable: the one place
/// through which all of it goes. For any thread.
public final class AnnouncingLedger implements Ledger {
    private final Ledger ledger;
    private final List<Consumer<Changed>> listeners = new CopyOnWriteArrayList<>();

    /// What may be otherwise than before.
    ///
    /// @param products their declaration or their releases
    /// @param isDeclared whether something was applied
    public record Changed(Set<ProductName> products, boolean isDeclared) {
        public Changed {
            products = Set.copyOf(products);
        }
    }

    public AnnouncingLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /// The listener must return at once and must not fail.
    public void whenChanged(Consumer<Changed> listener) {
        listeners.add(listener);
    }

    private void tell(Set<ProductName> products, boolean isDeclared) {
        Changed changed = new Changed(products, isDeclared);
        listeners.forEach(listener -> listener.accept(changed));
    }

    @Override
    public void apply(long expectedRevision, List<Change> changes) {
        ledger.apply(expectedRevision, changes);
        Set<ProductName> products = new HashSet<>();
        for (Change change : changes) {
            switch (change) {
                case Change.PutDomain _, Change.DeleteDomain _ -> {}
                case Change.PutProduct(ProductSpec product) -> products.add(product.name());
                case Change.DeleteProduct(ProductName name) -> products.add(name);
            }
        }
        tell(products, true);
    }

    @Override
    public void update(Run run) {
        ledger.update(run);
        if (run.state() == Run.State.COMMITTED) {
            tell(Set.of(run.product()), false);
        }
    }

    @Override
    public void record(Rollback rollback) {
        ledger.record(rollback);
        if (rollback.isConfirmed()) {
            tell(Set.of(rollback.product()), false);
        }
    }

    @Override
    public void record(Removal removal) {
        ledger.record(removal);
        tell(Set.of(removal.product()), false);
    }

    @Override
    public List<Domain> domains() {
        return ledger.domains();
    }

    @Override
    public Optional<Domain> domain(DomainName name) {
        return ledger.domain(name);
    }

    @Override
    public List<ProductSpec> products() {
        return ledger.products();
    }

    @Override
    public Optional<ProductSpec> product(ProductName name) {
        return ledger.product(name);
    }

    @Override
    public List<ContractVersion> contractVersions(ProductName name) {
        return ledger.contractVersions(name);
    }

    @Override
    public long revision() {
        return ledger.revision();
    }

    @Override
    public List<ProductName> removedProducts() {
        return ledger.removedProducts();
    }

    @Override
    public void forgetRemoved(ProductName name) {
        ledger.forgetRemoved(name);
    }

    @Override
    public void begin(Run run) {
        ledger.begin(run);
    }

    @Override
    public Optional<Run> run(String runId) {
        return ledger.run(runId);
    }

    @Override
    public List<Run> runs(ProductName product, int limit) {
        return ledger.runs(product, limit);
    }

    @Override
    public List<Run> releases(ProductName product) {
        return ledger.releases(product);
    }

    @Override
    public boolean hasRelease(ProductName product) {
        return ledger.hasRelease(product);
    }

    @Override
    public List<Run> unfinishedRuns() {
        return ledger.unfinishedRuns();
    }

    @Override
    public List<Rollback> rollbacks(ProductName product) {
        return ledger.rollbacks(product);
    }

    @Override
    public List<Removal> removals(ProductName product) {
        return ledger.removals(product);
    }

    @Override
    public List<Removal> unfinishedRemovals() {
        return ledger.unfinishedRemovals();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
