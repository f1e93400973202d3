package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.DocumentFollower;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Takes entries of other regions from one type, once it is certain that their home says so and
/// gives ids of its own only. What does not hold is looked at again later, and told once in the
/// log; what was known before stays.
final class SchemaReader implements DocumentFollower.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaReader.class);

    private final String type;
    private final SchemaDocuments documents;
    private final SchemaCatalog catalog;
    private final Consumer<String> defend;
    private final Map<String, SignedEntry> accepted = new ConcurrentHashMap<>();
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    /// @param defend is told the key of an entry of this region that somebody else has changed
    SchemaReader(
            String type,
            SchemaDocuments documents,
            SchemaCatalog catalog,
            Consumer<String> defend) {
        this.type = type;
        this.documents = documents;
        this.catalog = catalog;
        this.defend = defend;
    }

    @Override
    public Set<String> ids() {
        return Set.copyOf(accepted.keySet());
    }

    @Override
    public Set<String> unsettled() {
        return Set.copyOf(faults.keySet());
    }

    int faults() {
        return faults.size();
    }

    @Override
    public void take(String id, Optional<JsonNode> document, Optional<String> origin) {
        try {
            RegionName home = SignedEntry.home(id);
            String key = id.substring(0, id.lastIndexOf('@'));
            boolean isForeign = origin.map(region -> !region.equals(home.toString())).orElse(false);
            if (home.equals(documents.own())) {
                if (isForeign) {
                    defend.accept(key);
                }
            } else if (document.isPresent()) {
                put(id, key, document.get());
            } else if (isForeign) {
                throw new Problem(
                        ProblemCode.FORBIDDEN,
                        origin.orElse("another region")
                                + " has deleted it, and only its home "
                                + home
                                + " may");
            } else {
                accepted.remove(id);
                catalog.remove(type, home, key);
            }
            faults.remove(id);
        } catch (Problem fault) {
            if (!fault.message().equals(faults.put(id, fault.message()))) {
                LOG.warn("{} {} does not count: {}", type, id, fault.message());
            }
        }
    }

    private void put(String id, String key, JsonNode document) {
        SignedEntry signed = SignedEntry.read(id, document);
        SignedEntry before = accepted.get(id);
        if (before != null && before.equals(signed)) {
            return;
        }
        if (before != null && signed.revision() <= before.revision()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "it has the revision "
                            + signed.revision()
                            + ", and the revision "
                            + before.revision()
                            + " was here already");
        }
        if (!documents.isPlace(type, signed.home())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, signed.home() + " has no place in " + type);
        }
        documents.verify(type, key, signed);
        SchemaEntry entry = SchemaEntryJson.read(signed.json());
        if (!entry.key().equals(key)) {
            throw new Problem(ProblemCode.INVALID_VALUE, "it describes " + entry.key());
        }
        if (entry instanceof SchemaEntry.Version version) {
            requireOwnId(signed.home(), version);
        }
        accepted.put(id, signed);
        catalog.put(type, signed.home(), signed.revision(), entry);
    }

    private void requireOwnId(RegionName home, SchemaEntry.Version version) {
        int block = IdBlock.ofId(version.id());
        Optional<RegionName> owner = catalog.blockOwner(block);
        if (!owner.equals(Optional.of(home))) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    home
                            + " gives the id "
                            + version.id()
                            + " of the block "
                            + block
                            + ", which "
                            + owner.map(region -> "belongs to " + region)
                                    .orElse("it has not claimed, as far as it is known here"));
        }
    }
}
