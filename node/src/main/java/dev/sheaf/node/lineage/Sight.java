package dev.sheaf.node.lineage;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What of lineage one caller may know, for one request. Products are known as the catalog shows
/// them. A job is hidden when it writes a product that is, or reads products all of which are; a
/// dataset of no product, when only hidden jobs write it. Who asks queries is known to themselves
/// and to those who may read the audit log of a domain that is asked.
final class Sight {
    private final MeshNames names;
    private final LineageGraph graph;
    private final Principal caller;
    private final Predicate<ProductName> mayKnow;
    private final Map<ProductName, Boolean> products = new HashMap<>();
    private final Map<OwnerKey, Boolean> owners = new HashMap<>();

    /// @param mayKnow the catalog's decision about the caller
    Sight(MeshNames names, LineageGraph graph, Principal caller, Predicate<ProductName> mayKnow) {
        this.names = names;
        this.graph = graph;
        this.caller = caller;
        this.mayKnow = mayKnow;
    }

    boolean seesProduct(ProductName product) {
        return products.computeIfAbsent(product, mayKnow::test);
    }

    /// The dataset's shown name is meant.
    boolean sees(EntityName dataset) {
        if (names.isOfMesh(dataset)) {
            return names.product(dataset).filter(this::seesProduct).isPresent();
        }
        Set<OwnerKey> writers = graph.writersOf(dataset);
        return writers.isEmpty() || writers.stream().anyMatch(this::sees);
    }

    boolean sees(OwnerKey owner) {
        Boolean known = owners.get(owner);
        if (known == null) {
            known = decide(owner);
            owners.put(owner, known);
        }
        return known;
    }

    private boolean decide(OwnerKey owner) {
        Set<EntityName> inputs = graph.inputsOf(owner);
        return switch (owner.kind()) {
            case DATASET -> sees(owner.name(), inputs);
            case CONSUMER ->
                    ConsumerName.subject(owner.name()).equals(caller.subject()) || mayAudit(inputs);
            case JOB, MODEL -> {
                boolean isWritingHidden =
                        graph.outputsOf(owner).stream()
                                .map(this::shown)
                                .anyMatch(this::isHiddenProduct);
                yield !isWritingHidden && !isAllHidden(inputs);
            }
        };
    }

    private boolean sees(EntityName dataset, Set<EntityName> inputs) {
        return !isHiddenProduct(shown(dataset)) && !isAllHidden(inputs);
    }

    private boolean isAllHidden(Set<EntityName> inputs) {
        return inputs.stream().map(this::shown).anyMatch(this::isHiddenProduct)
                && inputs.stream()
                        .map(this::shown)
                        .filter(names::isOfMesh)
                        .allMatch(this::isHiddenProduct);
    }

    private EntityName shown(EntityName dataset) {
        return graph.names(dataset).getFirst();
    }

    private boolean isHiddenProduct(EntityName dataset) {
        return names.isOfMesh(dataset)
                && names.product(dataset).filter(this::seesProduct).isEmpty();
    }

    private boolean mayAudit(Set<EntityName> inputs) {
        return caller.may(Scope.AUDIT_READ)
                && inputs.stream()
                        .map(names::product)
                        .flatMap(Optional::stream)
                        .anyMatch(product -> caller.covers(product.domain()));
    }
}
