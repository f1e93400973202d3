package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesJson;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.registry.Catalog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Takes in what other regions tell of lineage: a document counts when the region whose it is has
/// signed it, and in its place only. What does not hold takes nothing away. For any thread.
final class HeardLineage {
    private static final Logger LOG = LoggerFactory.getLogger(HeardLineage.class);

    private final MeshLineage lineage;
    private final NodeSignatures signatures;
    private final Consumer<Place> altered;
    private final Recognized recognized;
    private final Map<Place, Heard> heard = new HashMap<>();
    private final Map<OwnerKey, Set<Place>> places = new HashMap<>();
    private final Set<RegionName> former = ConcurrentHashMap.newKeySet();
    private final Set<Place> refused = ConcurrentHashMap.newKeySet();

    /// Where a document stands.
    record Place(String type, String id) {}

    private record Heard(long revision, OwnerKey key, Edges edges, Optional<JsonNode> facts) {}

    /// @param altered is told of documents of this region that another one has written or deleted
    HeardLineage(
            MeshLineage lineage,
            NodeSignatures signatures,
            Catalog catalog,
            Consumer<Place> altered) {
        this.recognized = new Recognized(catalog, lineage.names());
        this.lineage = lineage;
        this.signatures = signatures;
        this.altered = altered;
    }

    /// For the documents of one type.
    ///
    /// @param writers whose documents may stand in it; any region's when empty
    DocumentFollower.Reader reader(String type, Set<RegionName> writers) {
        return new DocumentFollower.Reader() {
            @Override
            public void take(String id, Optional<JsonNode> document, Optional<String> origin) {
                Place place = new Place(type, id);
                try {
                    HeardLineage.this.take(place, document, origin, writers);
                    refused.remove(place);
                } catch (Problem fault) {
                    if (refused.add(place)) {
                        LOG.warn("{} {} does not count: {}", type, id, fault.message());
                    }
                }
            }

            @Override
            public Set<String> ids() {
                return ofType(heardPlaces(), type);
            }

            @Override
            public Set<String> unsettled() {
                return ofType(refused, type);
            }
        };
    }

    private synchronized Set<Place> heardPlaces() {
        return Set.copyOf(heard.keySet());
    }

    private static Set<String> ofType(Set<Place> places, String type) {
        Set<String> ids = new HashSet<>();
        places.stream()
                .filter(each -> each.type().equals(type))
                .forEach(each -> ids.add(each.id()));
        return ids;
    }

    private synchronized void take(
            Place place,
            Optional<JsonNode> document,
            Optional<String> origin,
            Set<RegionName> writers) {
        RegionName home = LineageDocument.home(place.id());
        boolean isForeign = origin.filter(region -> !region.equals(home.toString())).isPresent();
        if (home.equals(lineage.region())) {
            if (isForeign) {
                altered.accept(place);
            }
            return;
        }
        if (!writers.isEmpty() && !writers.contains(home)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "lineage of " + home + " has no place in " + place.type());
        }
        if (document.isEmpty()) {
            if (isForeign) {
                throw new Problem(
                        ProblemCode.FORBIDDEN,
                        origin.orElse("another region") + " has deleted what " + home + " says");
            }
            Heard before = heard.remove(place);
            if (before != null) {
                places.getOrDefault(before.key(), new HashSet<>()).remove(place);
                show(before.key());
            }
            return;
        }
        put(place, document.get(), home);
    }

    private void put(Place place, JsonNode document, RegionName home) {
        if (former.contains(home)) {
            throw new Problem(ProblemCode.FORBIDDEN, home + " is no member of the mesh any more");
        }
        long revision = document.path("revision").asLong(-1);
        JsonNode body = document.path("body");
        Heard before = heard.get(place);
        if (before != null && revision <= before.revision()) {
            return; // known, or older than what is known
        }
        signatures.verify(
                home,
                LineageDocument.payload(place.type(), place.id(), revision, body),
                document.path("signature").asString(""));
        OwnerKey key = LineageDocument.key(body, home);
        Edges edges = EdgesJson.read(body.path("edges"));
        heard.put(
                place,
                new Heard(
                        revision,
                        key,
                        edges,
                        body.has("facts") ? Optional.of(body.path("facts")) : Optional.empty()));
        places.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(place);
        if (before != null && !before.key().equals(key)) {
            places.getOrDefault(before.key(), new HashSet<>()).remove(place);
            show(before.key());
        }
        show(key);
    }

    /// The region is in the mesh, perhaps again.
    void welcome(RegionName region) {
        former.remove(region);
    }

    /// The region is in the mesh no more: nothing of it counts.
    synchronized void forget(RegionName region) {
        former.add(region);
        Set<OwnerKey> gone = new HashSet<>();
        heard.entrySet()
                .removeIf(each -> {
                    OwnerKey key = each.getValue().key();
                    boolean isOf = key.region().equals(region.toString());
                    if (isOf) {
                        places.getOrDefault(key, new HashSet<>()).remove(each.getKey());
                        gone.add(key);
                    }
                    return isOf;
                });
        gone.forEach(this::show);
    }

    /// The catalog has changed: what stood there under a pseudonym may be known now, or no more.
    synchronized void recognize(Set<ProductName> changed) {
        if (!recognized.take(changed)) {
            return;
        }
        Set<OwnerKey> concerned = new HashSet<>();
        heard.values().stream()
                .filter(each -> recognized.concerns(each.edges()))
                .forEach(each -> concerned.add(each.key()));
        concerned.forEach(this::show);
    }

    /// All that is heard of an owner counts together.
    private void show(OwnerKey key) {
        Edges all = Edges.NONE;
        Optional<JsonNode> facts = Optional.empty();
        Set<Place> known = places.getOrDefault(key, Set.of());
        for (Place place : known) {
            Heard each = Objects.requireNonNull(heard.get(place));
            all = all.and(recognized.in(each.edges()));
            facts = each.facts().isPresent() ? each.facts() : facts;
        }
        if (known.isEmpty()) {
            places.remove(key);
            lineage.graph().remove(key);
            lineage.models().remove(key);
            return;
        }
        lineage.graph().put(key, all);
        if (key.kind() == OwnerKey.Kind.MODEL && facts.isPresent()) {
            lineage.models().put(model(facts.get(), all, key.region()));
        }
    }

    private static Model model(JsonNode facts, Edges edges, String region) {
        List<ColumnName> columns = List.copyOf(edges.reads());
        Set<EntityName> byColumn = new LinkedHashSet<>();
        columns.forEach(column -> byColumn.add(column.dataset()));
        List<EntityName> inputs = new ArrayList<>(edges.inputs());
        inputs.removeAll(byColumn);
        return Model.of(facts, inputs, columns, region);
    }
}
