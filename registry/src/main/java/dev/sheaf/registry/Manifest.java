package dev.sheaf.registry;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One thing that a home region says of what is at home with it. Immutable.
///
/// What regions hear that may know of a product, but not have its data, is reduced: no SQL, no
/// texts of contracts and descriptors, no small numbers of rows ([Reduction]).
public sealed interface Manifest {
    ManifestKind kind();

    /// Within its kind; with the home it is the [ManifestId].
    String subject();

    /// An owner of products.
    ///
    /// @param owner as the domain says, often an address
    /// @param since when its home first declared it: of two regions that claim one domain the
    ///   earlier has it
    record DomainManifest(
            DomainName name, String owner, Optional<String> description, Instant since)
            implements Manifest {
        @Override
        public ManifestKind kind() {
            return ManifestKind.DOMAIN;
        }

        @Override
        public String subject() {
            return name.value();
        }
    }

    /// A product as it is declared now.
    ///
    /// @param id of its descriptor
    /// @param contractVersion the newest one's
    /// @param apiVersion of ODCS, as the contract says
    /// @param table as the newest contract protects it: a column's classification is also what it
    ///   has inherited
    /// @param inputs ids of the contracts that it is made from
    /// @param transform row-wise SQL; not in what is reduced
    /// @param descriptor the ODPS document; not in what is reduced
    /// @param isReduced whether something was left out
    record ProductManifest(
            ProductName name,
            String id,
            Optional<String> version,
            String status,
            Optional<String> description,
            String contractId,
            String contractVersion,
            String apiVersion,
            TableShape table,
            List<String> inputs,
            Optional<String> transform,
            Optional<DocumentText> descriptor,
            boolean isReduced)
            implements Manifest {
        public ProductManifest {
            inputs = List.copyOf(inputs);
        }

        @Override
        public ManifestKind kind() {
            return ManifestKind.PRODUCT;
        }

        @Override
        public String subject() {
            return name.toString();
        }
    }

    /// One version of a product's contract.
    ///
    /// @param digest of its bytes
    /// @param table as this version describes it
    /// @param text the document; not in what is reduced
    record ContractManifest(
            ProductName product,
            String version,
            Sha256 digest,
            Instant appliedAt,
            TableShape table,
            Optional<DocumentText> text)
            implements Manifest {
        @Override
        public ManifestKind kind() {
            return ManifestKind.CONTRACT;
        }

        @Override
        public String subject() {
            return product + "/" + version;
        }
    }

    /// One release.
    ///
    /// @param snapshotId the Iceberg snapshot
    /// @param run that made it
    /// @param score share of rows that passed, as decimal text; empty when it is not known
    /// @param bytes of its data files
    /// @param location of the table's files; not in what is reduced
    record ReleaseManifest(
            ProductName product,
            long number,
            String snapshotId,
            Instant committedAt,
            String contractVersion,
            String run,
            Standing standing,
            OptionalLong rows,
            OptionalLong rowsAdded,
            OptionalLong rowsQuarantined,
            OptionalLong bytes,
            Optional<String> score,
            Optional<String> location)
            implements Manifest {
        @Override
        public ManifestKind kind() {
            return ManifestKind.RELEASE;
        }

        @Override
        public String subject() {
            return product + "/" + number;
        }
    }

    /// How a release stands to the current one.
    enum Standing {
        CURRENT,
        EARLIER,
        ROLLED_BACK
    }

    /// Which policies are in force in a region.
    ///
    /// @param revision empty when there are none, so that everything is denied
    record PolicyManifest(RegionName region, String revision) implements Manifest {
        @Override
        public ManifestKind kind() {
            return ManifestKind.POLICY;
        }

        @Override
        public String subject() {
            return "policies";
        }
    }

    /// What a product's columns are made from.
    ///
    /// @param edges by column, in the contract's order
    /// @param rows what decides which rows there are; absent when nothing of the input does
    /// @param key from which whoever may know of the product makes the pseudonyms under which it
    ///   stands where others can read them; absent from homes of earlier versions
    record LineageManifest(
            ProductName product, List<Edge> edges, Optional<Rows> rows, Optional<String> key)
            implements Manifest {
        public LineageManifest {
            edges = List.copyOf(edges);
        }

        @Override
        public ManifestKind kind() {
            return ManifestKind.LINEAGE;
        }

        @Override
        public String subject() {
            return product.toString();
        }
    }

    /// What one column is made from.
    ///
    /// @param sources columns of the input, sorted
    /// @param isCopy whether it is one of them as it is
    /// @param isAll whether it may be made from any; `sources` says nothing then
    record Edge(String column, List<String> sources, boolean isCopy, boolean isAll) {
        public Edge {
            sources = List.copyOf(sources);
        }
    }

    /// What decides which rows of the input a product has.
    ///
    /// @param sources columns of the input, sorted
    /// @param isAll whether it may be any; `sources` says nothing then
    record Rows(List<String> sources, boolean isAll) {
        public Rows {
            sources = List.copyOf(sources);
        }
    }
}
