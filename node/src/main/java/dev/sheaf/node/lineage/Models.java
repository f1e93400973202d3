package dev.sheaf.node.lineage;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;

import tools.jackson.databind.json.JsonMapper;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The models of all regions. For any thread.
final class Models {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MeshNames names;
    private final Map<OwnerKey, Model> models = new ConcurrentHashMap<>();

    Models(MeshNames names) {
        this.names = names;
    }

    /// Takes it in when the event registers a model, whose key is returned: what is said of it may
    /// be new while it reads what it did.
    Set<OwnerKey> take(KeptEvent kept, RegionName region) {
        if (!kept.subject().namespace().equals(names.models())) {
            return Set.of();
        }
        Optional<Model> model = Model.of(JSON.readTree(kept.text()), region.toString());
        model.ifPresent(this::put);
        return model.map(this::key).map(Set::of).orElse(Set.of());
    }

    void put(Model model) {
        models.merge(key(model), model, (one, other) -> one.at().isAfter(other.at()) ? one : other);
    }

    void remove(OwnerKey key) {
        models.remove(key);
    }

    private OwnerKey key(Model model) {
        return new OwnerKey(OwnerKey.Kind.MODEL, name(model), model.region());
    }

    EntityName name(Model model) {
        return names.model(model.name(), model.version());
    }

    Optional<Model> find(OwnerKey key) {
        return Optional.ofNullable(models.get(key));
    }

    /// In the order of name, version, region.
    List<Model> all() {
        return sorted(models.values());
    }

    /// The versions of a model.
    List<Model> versions(String name) {
        return sorted(models.values().stream().filter(model -> model.name().equals(name)).toList());
    }

    private static List<Model> sorted(Collection<Model> some) {
        return some.stream()
                .sorted(
                        Comparator.comparing(Model::name)
                                .thenComparing(Model::at)
                                .thenComparing(Model::version)
                                .thenComparing(Model::region))
                .toList();
    }
}
