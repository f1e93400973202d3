package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What this region says of its schemas: written to a document of its own first, where it is
/// durable, then copied to the documents that other regions may read. For any thread; changes wait
/// for each other.
final class SchemaHome {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaHome.class);

    private record Written(long revision, Optional<JsonNode> entry) {}

    private final SchemaDocuments documents;
    private final SchemaCatalog catalog;
    private final Clock clock;
    private final Function<String, Set<String>> places;
    private final Map<String, Written> own = new HashMap<>();

    /// By key, then by type.
    private final Map<String, Map<String, Written>> copies = new HashMap<>();

    private final Map<String, Integer> ids = new HashMap<>();

    /// The last serial of each block.
    private final Map<Integer, Integer> serials = new HashMap<>();

    /// Reads what is there of an earlier run.
    ///
    /// @param wantedBlock of ids; 0 for the one that the region's name stands for
    /// @param places the types in which others may read entries of a subject; of the region itself
    ///   for the empty name
    SchemaHome(
            SchemaDocuments documents,
            SchemaCatalog catalog,
            int wantedBlock,
            Function<String, Set<String>> places,
            Clock clock) {
        this.documents = documents;
        this.catalog = catalog;
        this.places = places;
        this.clock = clock;
        load();
        claim(wantedBlock == 0 ? IdBlock.of(documents.own()) : wantedBlock);
    }

    private synchronized void load() {
        String type = SchemaType.own(documents.own());
        for (String id : documents.local().ids(type)) {
            documents
                    .local()
                    .read(type, id)
                    .ifPresent(document -> {
                        SignedEntry signed = SignedEntry.read(id, document);
                        SchemaEntry entry = SchemaEntryJson.read(signed.json());
                        own.put(
                                entry.key(),
                                new Written(signed.revision(), Optional.of(signed.json())));
                        catalog.put(type, documents.own(), signed.revision(), entry);
                        take(entry);
                    });
        }
        for (String shared : documents.shared()) {
            for (String id : documents.local().ids(shared)) {
                documents
                        .local()
                        .read(shared, id)
                        .ifPresent(document -> found(shared, id, document));
            }
        }
    }

    /// Whatever does not bear this node's signature is written anew.
    private void found(String type, String id, JsonNode document) {
        try {
            if (!SignedEntry.home(id).equals(documents.own())) {
                return;
            }
            String key = id.substring(0, id.lastIndexOf('@'));
            copied(type, key, new Written(document.path("revision").asLong(0), Optional.empty()));
            SignedEntry signed = SignedEntry.read(id, document);
            documents.verify(type, key, signed);
            copied(type, key, new Written(signed.revision(), Optional.of(signed.json())));
        } catch (Problem altered) {
            LOG.warn("{} {} is written anew: {}", type, id, altered.message());
        }
    }

    private void copied(String type, String key, Written written) {
        copies.computeIfAbsent(key, _ -> new HashMap<>()).put(type, written);
    }

    private void take(SchemaEntry entry) {
        if (entry instanceof SchemaEntry.Version version) {
            ids.put(version.digest(), version.id());
            serials.merge(IdBlock.ofId(version.id()), IdBlock.serial(version.id()), Integer::max);
        }
    }

    private void claim(int block) {
        SchemaEntry.Region before = region();
        List<SchemaEntry.Claim> claims = new ArrayList<>(before.claims());
        claims.removeIf(claim -> claim.block() == block);
        claims.add(new SchemaEntry.Claim(block, before.claimed(block).orElseGet(this::now)));
        if (!before.claims().equals(claims)) {
            put(new SchemaEntry.Region(claims, before.level(), before.mode()));
        }
    }

    /// This region as it is known; as it is at the beginning when it has said nothing yet.
    SchemaEntry.Region region() {
        return catalog.region(documents.own())
                .orElseGet(() ->
                        new SchemaEntry.Region(List.of(), Optional.empty(), Optional.empty()));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Returns when it is durable; others hear of it soon, if their copies cannot be written now.
    synchronized void put(SchemaEntry entry) {
        JsonNode json = SchemaEntryJson.write(entry);
        long revision = 1 + newest(entry.key());
        documents.write(SchemaType.own(documents.own()), entry.key(), revision, json);
        own.put(entry.key(), new Written(revision, Optional.of(json)));
        catalog.put(SchemaType.own(documents.own()), documents.own(), revision, entry);
        take(entry);
        try {
            copy(entry);
        } catch (Problem later) {
            LOG.warn("{} is written for other regions later: {}", entry.key(), later.message());
        }
    }

    private long newest(String key) {
        long newest = own.getOrDefault(key, new Written(0, Optional.empty())).revision();
        for (Written copy : copies.getOrDefault(key, Map.of()).values()) {
            newest = Math.max(newest, copy.revision());
        }
        return newest;
    }

    /// Makes all copies as they should be: who may know what may have changed.
    synchronized void copyAll() {
        Set<String> known = new HashSet<>();
        for (SchemaEntry entry : catalog.entries(documents.own())) {
            known.add(entry.key());
            copy(entry);
        }
        for (String key : Set.copyOf(copies.keySet())) {
            if (!known.contains(key)) {
                Set.copyOf(copies.getOrDefault(key, Map.of()).keySet())
                        .forEach(type -> drop(type, key));
            }
        }
    }

    private void copy(SchemaEntry entry) {
        String key = entry.key();
        Set<String> types = places.apply(subject(entry));
        Written said = own.getOrDefault(key, new Written(0, Optional.empty()));
        JsonNode json = SchemaEntryJson.write(entry);
        Map<String, Written> before = copies.getOrDefault(key, Map.of());
        for (String type : types) {
            Written there = before.get(type);
            if (there == null || !there.entry().equals(Optional.of(json))) {
                long revision =
                        there == null
                                ? said.revision()
                                : Math.max(said.revision(), there.revision() + 1);
                documents.write(type, key, revision, json);
                copied(type, key, new Written(revision, Optional.of(json)));
            }
        }
        for (String type : Set.copyOf(before.keySet())) {
            if (!types.contains(type)) {
                drop(type, key);
            }
        }
    }

    private void drop(String type, String key) {
        documents.delete(type, key);
        Map<String, Written> left = copies.get(key);
        if (left != null) {
            left.remove(type);
            if (left.isEmpty()) {
                copies.remove(key);
            }
        }
    }

    private static String subject(SchemaEntry entry) {
        return switch (entry) {
            case SchemaEntry.Version version -> version.subject();
            case SchemaEntry.Subject subject -> subject.subject();
            case SchemaEntry.Region _ -> "";
        };
    }

    /// Another region has changed a document of this one: it is written anew with the next sweep.
    synchronized void defend(String type, String key) {
        Optional<JsonNode> there =
                documents.local().read(type, SignedEntry.id(key, documents.own()));
        long told = there.map(each -> each.path("revision").asLong(0)).orElse(0L);
        long known =
                copies.getOrDefault(key, Map.of())
                        .getOrDefault(type, new Written(0, Optional.empty()))
                        .revision();
        copied(type, key, new Written(Math.max(told, known), Optional.empty()));
    }

    /// The id of a schema: the one it has had here before, else the next.
    synchronized int id(String digest) {
        Integer known = ids.get(digest);
        if (known != null) {
            return known;
        }
        int block = region().claims().getLast().block();
        int last = serials.getOrDefault(block, 0);
        requireOwnBlock(block);
        if (last == IdBlock.SCHEMAS_MAX) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    documents.own()
                            + " has given all "
                            + IdBlock.SCHEMAS_MAX
                            + " ids of its block "
                            + block
                            + ": set schemas.idBlock to another, free one");
        }
        return IdBlock.id(block, last + 1);
    }

    /// No other region may give ids of this block, whether it was heard of yet or not.
    private void requireOwnBlock(int block) {
        Optional<RegionName> owner = catalog.blockOwner(block);
        Optional<RegionName> other =
                owner.filter(region -> !region.equals(documents.own()))
                        .or(() ->
                                documents.peers().stream()
                                        .filter(peer -> catalog.region(peer).isEmpty())
                                        .filter(peer -> IdBlock.of(peer) == block)
                                        .filter(peer -> peer.compareTo(documents.own()) < 0)
                                        .findFirst());
        if (other.isPresent()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "the ids of "
                            + documents.own()
                            + " would be those of "
                            + other.get()
                            + ", as both have the block "
                            + block
                            + ": set schemas.idBlock of this node to "
                            + free()
                            + ", or another number from 1 to "
                            + IdBlock.BLOCK_MAX
                            + " that no region has");
        }
    }

    private int free() {
        Set<Integer> taken = new HashSet<>();
        catalog.regions()
                .values()
                .forEach(region -> region.claims().forEach(claim -> taken.add(claim.block())));
        documents.peers().forEach(peer -> taken.add(IdBlock.of(peer)));
        int block = 1;
        while (taken.contains(block)) {
            block++;
        }
        return block;
    }
}
