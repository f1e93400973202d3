package dev.sheaf.registry;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.Edge;
import dev.sheaf.registry.Manifest.LineageManifest;
import dev.sheaf.registry.Manifest.PolicyManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;
import dev.sheaf.registry.Manifest.Rows;
import dev.sheaf.registry.Manifest.Standing;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.OptionalLong;

/// Manifests as JSON, `spec/registry.md` 2. Members that are not known are passed over when
/// reading, so that later versions can say more.
public final class ManifestJson {
    private ManifestJson() {}

    public static ObjectNode write(Manifest manifest) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (manifest) {
            case DomainManifest domain -> domain(json, domain);
            case ProductManifest product -> product(json, product);
            case ContractManifest contract -> contract(json, contract);
            case ReleaseManifest release -> release(json, release);
            case PolicyManifest policy -> {
                json.put("region", policy.region().toString());
                json.put("revision", policy.revision());
            }
            case LineageManifest lineage -> lineage(json, lineage);
        }
        return json;
    }

    private static void domain(ObjectNode json, DomainManifest domain) {
        json.put("name", domain.name().value());
        json.put("owner", domain.owner());
        domain.description().ifPresent(text -> json.put("description", text));
        json.put("since", domain.since().toString());
    }

    private static void product(ObjectNode json, ProductManifest product) {
        json.put("name", product.name().toString());
        json.put("id", product.id());
        product.version().ifPresent(text -> json.put("version", text));
        json.put("status", product.status());
        product.description().ifPresent(text -> json.put("description", text));
        json.put("contractId", product.contractId());
        json.put("contractVersion", product.contractVersion());
        json.put("apiVersion", product.apiVersion());
        json.set("table", product.table().json());
        texts(json, "inputs", product.inputs());
        product.transform().ifPresent(sql -> json.put("transform", sql));
        product.descriptor().ifPresent(text -> json.set("descriptor", text.json()));
        json.put("reduced", product.isReduced());
    }

    private static void contract(ObjectNode json, ContractManifest contract) {
        json.put("product", contract.product().toString());
        json.put("version", contract.version());
        json.put("digest", contract.digest().hex());
        json.put("appliedAt", contract.appliedAt().toString());
        json.set("table", contract.table().json());
        contract.text().ifPresent(text -> json.set("document", text.json()));
    }

    private static void release(ObjectNode json, ReleaseManifest release) {
        json.put("product", release.product().toString());
        json.put("number", release.number());
        json.put("snapshot", release.snapshotId());
        json.put("committedAt", release.committedAt().toString());
        json.put("contractVersion", release.contractVersion());
        json.put("run", release.run());
        json.put("standing", Words.of(release.standing()));
        number(json, "rows", release.rows());
        number(json, "rowsAdded", release.rowsAdded());
        number(json, "rowsQuarantined", release.rowsQuarantined());
        number(json, "bytes", release.bytes());
        release.score().ifPresent(text -> json.put("score", text));
        release.location().ifPresent(text -> json.put("location", text));
    }

    private static void lineage(ObjectNode json, LineageManifest lineage) {
        json.put("product", lineage.product().toString());
        ArrayNode edges = json.putArray("edges");
        for (Edge edge : lineage.edges()) {
            ObjectNode each = edges.addObject();
            each.put("column", edge.column());
            texts(each, "sources", edge.sources());
            each.put("copy", edge.isCopy());
            each.put("all", edge.isAll());
        }
        lineage.rows()
                .ifPresent(rows -> {
                    ObjectNode each = json.putObject("rows");
                    texts(each, "sources", rows.sources());
                    each.put("all", rows.isAll());
                });
        lineage.key().ifPresent(text -> json.put("key", text));
    }

    private static void number(ObjectNode json, String name, OptionalLong value) {
        value.ifPresent(number -> json.put(name, number));
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.forEach(array::add);
    }

    /// @throws Problem INVALID_VALUE saying which member is wrong
    public static Manifest read(ManifestKind kind, JsonNode json) {
        Members members = new Members(json);
        return switch (kind) {
            case DOMAIN ->
                    new DomainManifest(
                            new DomainName(members.text("name")),
                            members.text("owner"),
                            members.textIfAny("description"),
                            members.instant("since"));
            case PRODUCT -> product(members);
            case CONTRACT ->
                    new ContractManifest(
                            ProductName.parse(members.text("product")),
                            members.text("version"),
                            new Sha256(members.text("digest")),
                            members.instant("appliedAt"),
                            TableShape.read(members.object("table")),
                            members.objectIfAny("document", DocumentText::read));
            case RELEASE -> release(members);
            case POLICY ->
                    new PolicyManifest(
                            RegionName.parse(members.text("region")), members.text("revision"));
            case LINEAGE ->
                    new LineageManifest(
                            ProductName.parse(members.text("product")),
                            members.objects("edges", ManifestJson::edge),
                            members.objectIfAny("rows", ManifestJson::rows),
                            members.textIfAny("key"));
        };
    }

    private static ProductManifest product(Members members) {
        return new ProductManifest(
                ProductName.parse(members.text("name")),
                members.text("id"),
                members.textIfAny("version"),
                members.text("status"),
                members.textIfAny("description"),
                members.text("contractId"),
                members.text("contractVersion"),
                members.text("apiVersion"),
                TableShape.read(members.object("table")),
                members.texts("inputs"),
                members.textIfAny("transform"),
                members.objectIfAny("descriptor", DocumentText::read),
                members.flag("reduced"));
    }

    private static ReleaseManifest release(Members members) {
        return new ReleaseManifest(
                ProductName.parse(members.text("product")),
                members.number("number"),
                members.text("snapshot"),
                members.instant("committedAt"),
                members.text("contractVersion"),
                members.text("run"),
                members.word("standing", Standing.class),
                members.numberIfAny("rows"),
                members.numberIfAny("rowsAdded"),
                members.numberIfAny("rowsQuarantined"),
                members.numberIfAny("bytes"),
                members.textIfAny("score"),
                members.textIfAny("location"));
    }

    private static Edge edge(Members members) {
        return new Edge(
                members.text("column"),
                members.texts("sources"),
                members.flag("copy"),
                members.flag("all"));
    }

    private static Rows rows(Members members) {
        return new Rows(members.texts("sources"), members.flag("all"));
    }
}
