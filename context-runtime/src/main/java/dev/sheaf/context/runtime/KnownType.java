package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Lane;
import dev.sheaf.context.document.Redactor;
import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.Delivery;
import dev.sheaf.context.type.Redaction;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/// A context type as this node runs it. Immutable to its users; for any thread.
final class KnownType {
    /// Keywords whose verdict on a whole object or list changes with a change inside it.
    private static final Set<String> WHOLE_KEYWORDS =
            Set.of(
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "contains",
                    "minContains",
                    "maxContains",
                    "minProperties",
                    "maxProperties",
                    "dependentRequired",
                    "dependentSchemas",
                    "dependencies",
                    "if",
                    "not",
                    "oneOf",
                    "anyOf",
                    "prefixItems",
                    "unevaluatedProperties",
                    "unevaluatedItems");

    private final ContextType type;
    private final String yaml;
    private final String scope;
    private final SortedSet<RegionName> regions;
    private final boolean wholeChecks;
    private final String newestVersion;
    private final DeclaredType declared;
    private final Map<RegionName, Redaction> redactions = new ConcurrentHashMap<>();
    private final Map<RegionName, Optional<Redactor>> redactors = new ConcurrentHashMap<>();

    /// @param scope the residency scope's name
    /// @param regions of the scope
    KnownType(ContextType type, String yaml, String scope, SortedSet<RegionName> regions) {
        this.type = type;
        this.yaml = yaml;
        this.scope = scope;
        this.regions = regions;
        this.wholeChecks = names(type.newest().schema());
        this.newestVersion = type.newest().version();
        this.declared = new DeclaredType(type, scope, regions);
    }

    DeclaredType declared() {
        return declared;
    }

    ContextType type() {
        return type;
    }

    String name() {
        return type.name();
    }

    String yaml() {
        return yaml;
    }

    String scope() {
        return scope;
    }

    SortedSet<RegionName> regions() {
        return regions;
    }

    FieldRule rules() {
        return type.fieldRules();
    }

    Lane lane() {
        return type.delivery().staleness();
    }

    long ttlSeconds() {
        return type.delivery().ttl().map(Duration::toSeconds).orElse(0L);
    }

    boolean acknowledgesSynced() {
        return type.delivery().acknowledge() == Delivery.Acknowledge.SYNCED;
    }

    String newestVersion() {
        return newestVersion;
    }

    /// Whether a change inside an object can make the object itself invalid in other ways than by
    /// taking a required member away.
    boolean needsWholeChecks() {
        return wholeChecks;
    }

    private static boolean names(JsonNode schema) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (WHOLE_KEYWORDS.contains(member.getKey()) || names(member.getValue())) {
                return true;
            }
        }
        for (JsonNode element : schema) {
            if (element.isContainer() && names(element)) {
                return true;
            }
        }
        return false;
    }

    Redaction redactionFor(RegionName region) {
        return redactions.computeIfAbsent(region, key -> Redaction.of(type, key));
    }

    /// What takes out of events and documents what the region may not see; empty when it sees all.
    Optional<Redactor> redactorFor(RegionName region) {
        return redactors.computeIfAbsent(
                region,
                key -> {
                    Redaction redaction = redactionFor(key);
                    return redaction.isNone()
                            ? Optional.empty()
                            : Optional.of(
                                    new Redactor(
                                            type.fieldRules(), rule -> !redaction.redacts(rule)));
                });
    }

    Event redacted(Event event, RegionName region) {
        return redactorFor(region).map(redactor -> redactor.redact(event)).orElse(event);
    }
}
