package dev.sheaf.node.api;

import dev.sheaf.client.ContractVersionInfo;
import dev.sheaf.client.ContractVersionList;
import dev.sheaf.client.DomainInfo;
import dev.sheaf.client.ProductDetails;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.ReleaseDetails;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.ReleaseList;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.registry.CatalogDomain;
import dev.sheaf.registry.CatalogProduct;
import dev.sheaf.registry.DocumentText;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;
import dev.sheaf.registry.Manifest.Standing;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Products of other regions in the API's words, from what is known of them here, each with its
/// home and how old that knowledge can be. For any thread.
final class RemoteAnswers {
    private final MeshRegistry registry;
    private final Clock clock;

    RemoteAnswers(MeshRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    private OptionalLong ageSeconds(RegionName home) {
        return registry.age(home)
                .map(age -> OptionalLong.of(age.plusSeconds(1).minusNanos(1).toSeconds()))
                .orElse(OptionalLong.empty());
    }

    private Optional<Instant> knownAsOf(RegionName home) {
        return registry.age(home).map(age -> clock.instant().minus(age));
    }

    ProductSummary summary(CatalogProduct product) {
        Optional<ReleaseManifest> current = product.current();
        return new ProductSummary(
                product.name().toString(),
                product.home().toString(),
                product.domain().owner(),
                product.product().version(),
                product.product().status(),
                product.product().description(),
                product.product().contractId(),
                product.product().contractVersion(),
                current.map(release -> OptionalLong.of(release.number()))
                        .orElse(OptionalLong.empty()),
                current.map(ReleaseManifest::committedAt),
                knownAsOf(product.home()),
                ageSeconds(product.home()));
    }

    DomainInfo domain(CatalogDomain domain, int products) {
        return new DomainInfo(
                domain.domain().name().value(),
                domain.home().toString(),
                domain.domain().owner(),
                domain.domain().description(),
                products,
                knownAsOf(domain.home()),
                ageSeconds(domain.home()),
                domain.others().stream().map(RegionName::toString).toList());
    }

    ProductDetails details(CatalogProduct product) {
        TableContract table = product.product().table().table();
        String version = product.product().contractVersion();
        return new ProductDetails(
                summary(product),
                product.product().id(),
                ProductAnswers.table(product.name()),
                table.columns().stream().map(ProductAnswers::column).toList(),
                table.primaryKey().stream().map(ColumnContract::name).toList(),
                new ContractVersionInfo(
                        Optional.of(product.product().contractId()),
                        version,
                        Optional.of(product.product().apiVersion()),
                        product.contract(version).map(each -> each.digest().hex()).orElse(""),
                        Optional.empty()),
                product.product().transform(),
                product.current().map(release -> release(product, release)),
                Optional.empty());
    }

    ReleaseList releases(CatalogProduct product) {
        return new ReleaseList(
                product.releases().stream().map(release -> release(product, release)).toList(),
                product.home().toString(),
                knownAsOf(product.home()),
                ageSeconds(product.home()));
    }

    /// @throws Problem NOT_FOUND naming the releases that are known
    ReleaseDetails release(CatalogProduct product, long number) {
        return product.releases().stream()
                .filter(release -> release.number() == number)
                .findFirst()
                .map(release -> new ReleaseDetails(release(product, release), Optional.empty()))
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.NOT_FOUND,
                                product.name()
                                        + " has no release "
                                        + number
                                        + " that is known here of its home "
                                        + product.home()
                                        + "; known are "
                                        + product.releases().stream()
                                                .map(ReleaseManifest::number)
                                                .toList()));
    }

    private static ReleaseInfo release(CatalogProduct product, ReleaseManifest release) {
        return new ReleaseInfo(
                product.name().toString(),
                release.number(),
                release.standing() == Standing.CURRENT,
                release.snapshotId(),
                release.committedAt(),
                release.run(),
                release.contractVersion(),
                Optional.empty(),
                release.rowsAdded().orElse(0),
                release.rows(),
                release.rowsQuarantined().orElse(0),
                score(release));
    }

    private static OptionalDouble score(ReleaseManifest release) {
        return release.score()
                .filter(text -> text.matches("[0-9.]{1,40}(E-?[0-9]{1,3})?"))
                .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElse(OptionalDouble.empty());
    }

    ContractVersionList contracts(CatalogProduct product) {
        return new ContractVersionList(
                product.contracts().stream()
                        .map(version ->
                                new ContractVersionInfo(
                                        Optional.empty(),
                                        version.version(),
                                        Optional.empty(),
                                        version.digest().hex(),
                                        Optional.of(version.appliedAt())))
                        .toList(),
                product.home().toString(),
                knownAsOf(product.home()),
                ageSeconds(product.home()));
    }

    /// Byte for byte as its home has it.
    ///
    /// @param version the newest when empty
    /// @throws Problem NOT_FOUND, CONFLICT when this region may not have the text
    Reply contract(CatalogProduct product, Optional<String> version) {
        String wanted = version.orElse(product.product().contractVersion());
        ContractManifest contract =
                product.contract(wanted)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND,
                                        "no contract of "
                                                + product.name()
                                                + " with the version '"
                                                + wanted
                                                + "' is known here of its home "
                                                + product.home()));
        Source source =
                contract.text()
                        .map(DocumentText::source)
                        .orElseThrow(() ->
                                atHome(
                                        registry,
                                        product,
                                        "the text of its contract may not leave its home"));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", '"' + contract.digest().hex() + '"');
        headers.put("Sheaf-Home", product.home().toString());
        ageSeconds(product.home())
                .ifPresent(age -> headers.put("Sheaf-Age-Seconds", Long.toString(age)));
        return new Reply.Bytes(
                200,
                source.name().endsWith(".json") ? "application/json" : "application/yaml",
                source.bytes(),
                headers);
    }

    /// That something is to be asked of the product's home.
    static Problem atHome(MeshRegistry registry, CatalogProduct product, String why) {
        return elsewhere(registry, product.name().toString(), product.home(), why + ": ");
    }

    /// @param why the beginning of the sentence
    static Problem elsewhere(MeshRegistry registry, String what, RegionName home, String why) {
        Optional<String> address = registry.address(home);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("home", home.toString());
        address.ifPresent(url -> details.put("url", url));
        return new Problem(
                ProblemCode.CONFLICT,
                why
                        + what
                        + " is at home in "
                        + home
                        + address.map(url -> "; ask its node there, " + url)
                                .orElse("; ask its node there"),
                details,
                null);
    }
}
