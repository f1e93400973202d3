package dev.sheaf.product.apply;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Pointers;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Domain;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.Manifests.ContractManifest;
import dev.sheaf.product.apply.Manifests.ProductManifest;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is to be declared after an apply: what is declared now, with the manifests laid over it.
/// Whatever does not fit together is reported where it stands.
final class Desired {
    final Map<DomainName, Domain> domains = new TreeMap<>();
    final Map<ProductName, ProductSpec> products = new TreeMap<>();
    private final Map<String, ContractManifest> contracts = new LinkedHashMap<>();
    private final Map<ProductName, ProductManifest> manifests = new TreeMap<>();
    private final DeclaredState state;
    private final Findings findings;

    Desired(DeclaredState state, Manifests given, Prune prune, Findings findings) {
        this.state = state;
        this.findings = findings;
        given.contracts().forEach(manifest -> contracts.put(manifest.contract().id(), manifest));
        given.products().forEach(manifest -> manifests.put(manifest.name(), manifest));
        layDomains(given, prune);
        layProducts(given, prune);
        requireDomains();
        reportUnused();
        reportCycle();
    }

    private void layDomains(Manifests given, Prune prune) {
        if (prune != Prune.EVERYTHING) {
            state.domains().forEach(domain -> domains.put(domain.name(), domain));
        }
        given.domains().forEach(domain -> domains.put(domain.name(), domain));
    }

    private void layProducts(Manifests given, Prune prune) {
        Set<DomainName> pruned = new HashSet<>();
        if (prune == Prune.PRODUCTS) {
            given.domains().forEach(domain -> pruned.add(domain.name()));
        }
        for (ProductSpec product : state.products()) {
            boolean keep =
                    prune == Prune.NOTHING
                            || (prune == Prune.PRODUCTS
                                    && !pruned.contains(product.name().domain()));
            if (keep && !manifests.containsKey(product.name())) {
                products.put(product.name(), withNewContract(product));
            }
        }
        for (ProductManifest manifest : given.products()) {
            assemble(manifest).ifPresent(product -> products.put(manifest.name(), product));
        }
    }

    /// A contract may come without the product that keeps it.
    private ProductSpec withNewContract(ProductSpec product) {
        ContractManifest given = contracts.get(product.contract().id());
        if (given == null) {
            return product;
        }
        DataContract contract = given.contract();
        Optional<String> table =
                product.descriptor().customProperties().get(SheafProperties.TABLE)
                                instanceof String name
                        ? Optional.of(name)
                        : Optional.empty();
        return switch (TableChoice.of(contract, table)) {
            case TableChoice.Chosen chosen ->
                    new ProductSpec(
                            product.name(),
                            product.descriptor(),
                            contract,
                            chosen.table(),
                            product.source(),
                            product.transform(),
                            product.publish(),
                            product.location());
            case TableChoice.None none -> {
                error(contract.source(), given.root(), "/schema", none.why());
                yield product;
            }
        };
    }

    private Optional<ProductSpec> assemble(ProductManifest manifest) {
        Optional<DataContract> contract = contract(manifest);
        if (contract.isEmpty()) {
            Set<String> known = new HashSet<>(contracts.keySet());
            state.products().forEach(product -> known.add(product.contract().id()));
            error(
                    manifest.descriptor().source(),
                    manifest.root(),
                    "/outputPorts",
                    "there is no contract with the id '"
                            + manifest.contractId()
                            + "'"
                            + NearMiss.hint(manifest.contractId(), known)
                            + "; put it among the files");
            return Optional.empty();
        }
        warnOfOtherOwner(manifest, contract.get());
        PipelineSettings settings = manifest.settings();
        return switch (TableChoice.of(contract.get(), settings.table())) {
            case TableChoice.Chosen chosen ->
                    Optional.of(
                            new ProductSpec(
                                    manifest.name(),
                                    manifest.descriptor(),
                                    contract.get(),
                                    chosen.table(),
                                    settings.source(),
                                    settings.transform(),
                                    settings.publish(),
                                    settings.location()));
            case TableChoice.None none -> {
                error(manifest.descriptor().source(), manifest.root(), "/outputPorts", none.why());
                yield Optional.empty();
            }
        };
    }

    private Optional<DataContract> contract(ProductManifest manifest) {
        ContractManifest given = contracts.get(manifest.contractId());
        if (given != null) {
            return Optional.of(given.contract());
        }
        return state.products().stream()
                .filter(product -> product.contract().id().equals(manifest.contractId()))
                .map(ProductSpec::contract)
                .findFirst();
    }

    private void warnOfOtherOwner(ProductManifest manifest, DataContract contract) {
        String domain = manifest.name().domain().value();
        if (!contract.domain().orElse(domain).equals(domain)) {
            findings.warning(
                    contract.source(),
                    contracts.containsKey(contract.id())
                            ? Pointers.locate(contracts.get(contract.id()).root(), "/domain")
                            : Pointers.locate(manifest.root(), "/outputPorts"),
                    "the contract says domain '"
                            + contract.domain().orElse("")
                            + "', but "
                            + manifest.name()
                            + " keeps it");
        }
    }

    private void requireDomains() {
        products.forEach((name, product) -> {
            if (!domains.containsKey(name.domain())) {
                ProductManifest manifest = manifests.get(name);
                error(
                        product.descriptor().source(),
                        manifest == null ? null : manifest.root(),
                        "/domain",
                        "domain '"
                                + name.domain()
                                + "' of product "
                                + name
                                + " is not declared"
                                + NearMiss.hint(
                                        name.domain().value(),
                                        domains.keySet().stream().map(DomainName::value).toList())
                                + "; put a file of kind Domain among the files");
            }
        });
    }

    private void reportUnused() {
        Set<String> used = new HashSet<>();
        products.values().forEach(product -> used.add(product.contract().id()));
        manifests.values().forEach(manifest -> used.add(manifest.contractId()));
        contracts.forEach((id, manifest) -> {
            if (!used.contains(id)) {
                findings.warning(
                        manifest.contract().source(),
                        Pointers.locate(manifest.root(), "/id"),
                        "no product keeps contract '"
                                + id
                                + "'"
                                + NearMiss.hint(id, used)
                                + "; it is not applied");
            }
        });
        for (ProductManifest manifest : manifests.values()) {
            for (String input : manifest.descriptor().inputContractIds()) {
                if (!used.contains(input)) {
                    findings.warning(
                            manifest.descriptor().source(),
                            Pointers.locate(manifest.root(), "/inputPorts"),
                            "no product here keeps the input contract '"
                                    + input
                                    + "'"
                                    + NearMiss.hint(input, used));
                }
            }
        }
    }

    private void reportCycle() {
        new InputCycles(products.values())
                .first()
                .ifPresent(cycle -> {
                    ProductManifest manifest = manifests.get(cycle.first().name());
                    error(
                            cycle.first().descriptor().source(),
                            manifest == null ? null : manifest.root(),
                            "/inputPorts",
                            "a product cannot be an input of itself: " + cycle.path());
                });
    }

    private void error(Source source, Node.@Nullable Mapping root, String pointer, String message) {
        findings.error(
                source, root == null ? Position.START : Pointers.locate(root, pointer), message);
    }

    /// Where the product's pipeline is described, to report what is wrong with it.
    void reportFault(ProductSpec product, String fault) {
        ProductManifest manifest = manifests.get(product.name());
        error(
                product.descriptor().source(),
                manifest == null ? null : manifest.root(),
                "/customProperties",
                fault);
    }
}
