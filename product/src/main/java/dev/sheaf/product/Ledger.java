package dev.sheaf.product;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// A region's own record of what was declared and what was run, durable before a method returns.
///
/// Each method is one transaction. What a release contains is not decided here but by the table's
/// snapshots; a [Run] points at one.
public interface Ledger extends AutoCloseable {
    /// In name order.
    List<Domain> domains();

    Optional<Domain> domain(DomainName name);

    /// In name order.
    List<ProductSpec> products();

    Optional<ProductSpec> product(ProductName name);

    /// Every contract version that was ever applied to the product, newest first.
    List<ContractVersion> contractVersions(ProductName name);

    /// Applies every change, in order, or none.
    ///
    /// @throws dev.sheaf.kernel.Problem CONFLICT when the ledger is no longer at
    ///   `expectedRevision`, a domain to delete still has products, a product to delete is being
    ///   published, or a product to put was removed and its table is not dropped yet
    void apply(long expectedRevision, List<Change> changes);

    /// Counts applied change sets; part of a plan, so that an outdated plan is refused.
    long revision();

    /// Products that were deleted and whose table may still be there, oldest first.
    List<ProductName> removedProducts();

    /// Takes the product off that list, once its table is dropped.
    void forgetRemoved(ProductName name);

    /// Records a run as prepared, before anything is written for it.
    void begin(Run run);

    /// Replaces the record of a run that began and is still PREPARED (progress, or its outcome).
    /// The same outcome twice changes nothing.
    ///
    /// @throws dev.sheaf.kernel.Problem NOT_FOUND when no such run began, CONFLICT when it ended
    ///   otherwise or another run is the product's release of that number
    void update(Run run);

    Optional<Run> run(String runId);

    /// Newest first.
    List<Run> runs(ProductName product, int limit);

    /// The runs that made a release, highest release first.
    List<Run> releases(ProductName product);

    /// Whether the product was ever released.
    boolean hasRelease(ProductName product);

    /// Runs in state PREPARED, oldest first: those under way and those a crash left behind.
    List<Run> unfinishedRuns();

    /// Records that a product is being, or was, rolled back; a confirmed record takes the place of
    /// the unconfirmed one of the same product and instant.
    void record(Rollback rollback);

    /// Newest first.
    List<Rollback> rollbacks(ProductName product);

    /// Records a removal; one of the same id takes the place of what was recorded of it before.
    void record(Removal removal);

    /// Newest first.
    List<Removal> removals(ProductName product);

    /// Removals in state PREPARED, oldest first: those under way and those a crash left behind.
    List<Removal> unfinishedRemovals();

    @Override
    void close();

    /// A release made current again.
    ///
    /// @param from the release that was current before
    /// @param to the release that is current after it
    /// @param isConfirmed false while it is under way, and for ever if the node died in between:
    ///   then only the table knows whether it took place
    record Rollback(
            ProductName product, long from, long to, Instant at, String by, boolean isConfirmed) {
        public Rollback {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }

        public Rollback confirmed() {
            return new Rollback(product, from, to, at, by, true);
        }
    }

    /// One version of a product's contract.
    ///
    /// @param appliedAt when it became the product's contract
    record ContractVersion(
            String version,
            dev.sheaf.kernel.Sha256 digest,
            Instant appliedAt,
            dev.sheaf.contract.Source source) {}

    /// One change of what is declared.
    sealed interface Change {
        record PutDomain(Domain domain) implements Change {}

        record DeleteDomain(DomainName name) implements Change {}

        record PutProduct(ProductSpec product) implements Change {}

        record DeleteProduct(ProductName name) implements Change {}
    }
}
