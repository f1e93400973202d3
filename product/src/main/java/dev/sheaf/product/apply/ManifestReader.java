package dev.sheaf.product.apply;

import dev.sheaf.contract.Checked;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.DataProduct;
import dev.sheaf.contract.Finding;
import dev.sheaf.contract.ProductReader;
import dev.sheaf.contract.RowLifetime;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;
import dev.sheaf.contract.document.Pointers;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Domain;
import dev.sheaf.product.apply.Manifests.ContractManifest;
import dev.sheaf.product.apply.Manifests.ProductManifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Reads a set of manifests in YAML or JSON: Sheaf's domains, ODPS products, ODCS contracts. File
/// names mean nothing, the order of files neither. Never throws for anything the bytes may hold;
/// what is wrong is among the [findings][Manifests#findings()].
public final class ManifestReader {
    private static final List<String> KINDS = List.of("Domain", "DataProduct", "DataContract");

    private final Findings findings = new Findings();
    private final List<Domain> domains = new ArrayList<>();
    private final List<ProductManifest> products = new ArrayList<>();
    private final List<ContractManifest> contracts = new ArrayList<>();
    private final Map<String, Source> seen = new HashMap<>();

    private ManifestReader() {}

    public static Manifests read(List<Source> sources) {
        ManifestReader reader = new ManifestReader();
        sources.forEach(reader::accept);
        return new Manifests(
                reader.domains, reader.products, reader.contracts, reader.findings.all());
    }

    private void accept(Source source) {
        switch (DocumentReader.read(source)) {
            case Parsed.Broken(Finding fault) ->
                    findings.error(source, fault.at(), fault.message());
            case Parsed.Tree(Node.Mapping root, List<Finding> ignored) -> accept(source, root);
            case Parsed.Tree(Node other, List<Finding> ignored) ->
                    findings.error(source, other.at(), "a manifest is a mapping with a 'kind'");
        }
    }

    private void accept(Source source, Node.Mapping root) {
        Optional<Node> kind = root.get("kind");
        String name = kind.orElse(null) instanceof Node.Text text ? text.value() : "";
        switch (name) {
            case "Domain" -> acceptDomain(source, root);
            case "DataProduct" -> acceptProduct(source, root);
            case "DataContract" -> acceptContract(source, root);
            default ->
                    findings.error(
                            source,
                            kind.map(Node::at).orElse(root.at()),
                            (kind.isEmpty()
                                            ? "there is no 'kind'"
                                            : "kind '" + Finding.shown(name) + "' is not known")
                                    + NearMiss.hint(name, KINDS)
                                    + "; manifests are of kind "
                                    + String.join(", ", KINDS));
        }
    }

    private void acceptDomain(Source source, Node.Mapping root) {
        new DomainReader(source, findings)
                .read(root)
                .filter(domain -> isFirst("domain " + domain.name(), source, root))
                .ifPresent(domains::add);
    }

    private void acceptContract(Source source, Node.Mapping root) {
        Checked checked = ContractReader.check(source);
        findings.addAll(checked);
        if (!checked.errors().isEmpty()) {
            return;
        }
        try {
            DataContract contract = ContractReader.model(checked);
            ContractProperties.check(source, root, findings);
            checkLifetimes(source, root, contract);
            if (isFirst("contract " + contract.id(), source, root)) {
                contracts.add(new ContractManifest(contract, root));
            }
        } catch (Problem problem) {
            findings.error(source, root.at(), problem.message());
        }
    }

    private void checkLifetimes(Source source, Node.Mapping root, DataContract contract) {
        for (int i = 0; i < contract.tables().size(); i++) {
            Position at = Pointers.locate(root, "/schema/" + i + "/customProperties");
            RowLifetime.faults(contract.tables().get(i))
                    .forEach(fault -> findings.error(source, at, fault));
        }
    }

    private void acceptProduct(Source source, Node.Mapping root) {
        Checked checked = ProductReader.check(source);
        findings.addAll(checked);
        if (!checked.errors().isEmpty()) {
            return;
        }
        DataProduct descriptor = ProductReader.model(checked);
        PipelineSettings settings = new SheafProperties(source, findings).read(root);
        Optional<ProductName> name = productName(descriptor, root);
        Optional<String> contractId = contractId(descriptor, root);
        if (name.isPresent()
                && contractId.isPresent()
                && isFirst("product " + name.get(), source, root)) {
            products.add(
                    new ProductManifest(name.get(), descriptor, contractId.get(), settings, root));
        }
    }

    private Optional<ProductName> productName(DataProduct descriptor, Node.Mapping root) {
        if (descriptor.domain().isEmpty() || descriptor.name().isEmpty()) {
            findings.error(
                    descriptor.source(),
                    root.at(),
                    "a product needs "
                            + (descriptor.domain().isEmpty() ? "a 'domain'" : "a 'name'")
                            + " to be addressed as domain.name");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ProductName(
                            new DomainName(descriptor.domain().get()), descriptor.name().get()));
        } catch (Problem problem) {
            String key = problem.message().startsWith("domain") ? "/domain" : "/name";
            findings.error(descriptor.source(), Pointers.locate(root, key), problem.message());
            return Optional.empty();
        }
    }

    private Optional<String> contractId(DataProduct descriptor, Node.Mapping root) {
        TreeSet<String> ids = new TreeSet<>();
        descriptor.outputPorts().forEach(port -> port.contractId().ifPresent(ids::add));
        if (ids.size() == 1) {
            return Optional.of(ids.first());
        }
        findings.error(
                descriptor.source(),
                Pointers.locate(root, "/outputPorts"),
                ids.isEmpty()
                        ? "a product needs an entry in 'outputPorts' with the 'contractId' of the"
                                + " contract it keeps"
                        : "the output ports name several contracts ("
                                + String.join(", ", ids)
                                + "): a product serves one table under one contract; make one"
                                + " product of each");
        return Optional.empty();
    }

    private boolean isFirst(String what, Source source, Node.Mapping root) {
        Source first = seen.putIfAbsent(what, source);
        if (first != null) {
            Position at = Pointers.locate(root, root.get("name").isPresent() ? "/name" : "/id");
            findings.error(
                    source,
                    at,
                    what + " is declared in " + first.name() + " too; keep one of them");
        }
        return first == null;
    }
}
