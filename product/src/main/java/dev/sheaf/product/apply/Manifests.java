package dev.sheaf.product.apply;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.DataProduct;
import dev.sheaf.contract.document.Node;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Domain;

import java.util.List;

/// A set of manifests, each understood by itself; whether they fit together and fit what is
/// declared is the [Planner]'s question.
///
/// @param findings everything there was to say, in the order of the files; what has errors is not
///   among the other lists
public record Manifests(
        List<Domain> domains,
        List<ProductManifest> products,
        List<ContractManifest> contracts,
        List<ManifestFinding> findings) {
    public Manifests {
        domains = List.copyOf(domains);
        products = List.copyOf(products);
        contracts = List.copyOf(contracts);
        findings = List.copyOf(findings);
    }

    /// @param contractId of the one contract its output ports keep
    /// @param root the document, to say where something stands
    public record ProductManifest(
            ProductName name,
            DataProduct descriptor,
            String contractId,
            PipelineSettings settings,
            Node.Mapping root) {}

    /// @param root the document, to say where something stands
    public record ContractManifest(DataContract contract, Node.Mapping root) {}
}
