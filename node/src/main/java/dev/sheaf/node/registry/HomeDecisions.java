package dev.sheaf.node.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.grants.DecisionSeal;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.registry.CanonicalJson;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Decisions on grants count when the home of the product's domain has signed them; without a
/// signature none does, as any region could have written it. For any thread.
public final class HomeDecisions implements DecisionSeal {
    private final MeshRegistry registry;
    private final NodeSignatures signatures;

    public HomeDecisions(MeshRegistry registry, NodeSignatures signatures) {
        this.registry = registry;
        this.signatures = signatures;
    }

    @Override
    public String sign(String grant, String key, ObjectNode decision) {
        return signatures.sign(payload(grant, key, decision));
    }

    @Override
    public Optional<String> fault(
            ProductName product,
            String grant,
            String key,
            ObjectNode decision,
            Optional<String> signature) {
        Optional<RegionName> elsewhere =
                registry.decidesElsewhere(product.domain(), Optional.empty());
        if (signature.isEmpty()) {
            return Optional.of(
                    "it is not signed; "
                            + elsewhere.map(home -> home + " decides").orElse("its home decides"));
        }
        byte[] payload = payload(grant, key, decision);
        return deciders(product, elsewhere).stream()
                .map(region -> fault(region, payload, signature.get()))
                .reduce((one, other) -> one.isEmpty() ? one : other)
                .orElse(Optional.empty());
    }

    /// Of a domain that nobody has declared, as those of some context types, all regions decide.
    private Set<RegionName> deciders(ProductName product, Optional<RegionName> elsewhere) {
        Set<RegionName> regions = new TreeSet<>();
        if (elsewhere.isPresent()) {
            regions.add(elsewhere.get());
        } else {
            regions.add(registry.own());
            if (registry.catalog().domain(product.domain()).isEmpty()
                    && !registry.isDeclaredHere(product.domain())) {
                regions.addAll(registry.peers());
            }
        }
        return regions;
    }

    private Optional<String> fault(RegionName region, byte[] payload, String signature) {
        try {
            signatures.verify(region, payload, signature);
            return Optional.empty();
        } catch (Problem foreign) {
            return Optional.of(foreign.message());
        }
    }

    private static byte[] payload(String grant, String key, ObjectNode decision) {
        ObjectNode signed = JsonNodeFactory.instance.objectNode();
        signed.put("type", "mesh.grant");
        signed.put("grant", grant);
        signed.put("key", key);
        signed.set("decision", decision);
        return CanonicalJson.bytes(signed);
    }
}
