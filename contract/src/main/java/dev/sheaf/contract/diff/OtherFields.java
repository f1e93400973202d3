package dev.sheaf.contract.diff;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.diff.Change.Kind;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares what the model does not hold (servers, team, roles, …), so that no change of a document
/// goes unmentioned.
final class OtherFields {
    private static final Set<String> MODELLED =
            Set.of(
                    "apiVersion",
                    "kind",
                    "id",
                    "version",
                    "status",
                    "name",
                    "domain",
                    "dataProduct",
                    "schema",
                    "slaProperties");
    private static final Set<String> MODELLED_OF_ELEMENTS =
            Set.of(
                    "name",
                    "physicalName",
                    "businessName",
                    "description",
                    "logicalType",
                    "logicalTypeOptions",
                    "required",
                    "unique",
                    "primaryKey",
                    "primaryKeyPosition",
                    "partitioned",
                    "partitionKeyPosition",
                    "classification",
                    "criticalDataElement",
                    "tags",
                    "quality",
                    "properties",
                    "items",
                    "map",
                    "enum");

    /// Where these lead, consumers and policies go.
    private static final Set<String> SETTINGS =
            Set.of("servers", "roles", "customProperties", "relationships");

    private final Changes changes;

    OtherFields(Changes changes) {
        this.changes = changes;
    }

    void run(Source from, Source to) {
        if (DocumentReader.read(from) instanceof Parsed.Tree old
                && DocumentReader.read(to) instanceof Parsed.Tree now
                && old.root() instanceof Node.Mapping oldRoot
                && now.root() instanceof Node.Mapping newRoot) {
            compare("", oldRoot, newRoot, MODELLED);
            elements("", oldRoot, newRoot, "schema");
        }
    }

    private void elements(String path, Node.Mapping from, Node.Mapping to, String list) {
        Map<String, Node.Mapping> old = byName(from, list);
        byName(to, list)
                .forEach((name, now) -> {
                    Node.Mapping before = old.get(name);
                    if (before != null) {
                        String element = path.isEmpty() ? name : path + "." + name;
                        compare(element, before, now, MODELLED_OF_ELEMENTS);
                        elements(element, before, now, "properties");
                    }
                });
    }

    private static Map<String, Node.Mapping> byName(Node.Mapping owner, String list) {
        Map<String, Node.Mapping> named = new LinkedHashMap<>();
        if (owner.get(list).orElse(null) instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                if (item instanceof Node.Mapping mapping
                        && mapping.get("name").orElse(null) instanceof Node.Text name) {
                    named.put(name.value(), mapping);
                }
            }
        }
        return named;
    }

    private void compare(String path, Node.Mapping from, Node.Mapping to, Set<String> modelled) {
        Set<String> keys = new LinkedHashSet<>(from.members().keySet());
        keys.addAll(to.members().keySet());
        keys.removeAll(modelled);
        for (String key : keys) {
            Object old = from.get(key).map(OtherFields::value).orElse("");
            Object now = to.get(key).map(OtherFields::value).orElse("");
            if (!old.equals(now)) {
                boolean setting = SETTINGS.contains(key);
                changes.add(
                        path,
                        setting ? Kind.SETTING_CHANGED : Kind.TEXT_CHANGED,
                        setting ? Impact.BACKWARD : Impact.COSMETIC,
                        from.get(key).isPresent() ? Optional.of(key) : Optional.empty(),
                        to.get(key).isPresent() ? Optional.of(key) : Optional.empty(),
                        setting
                                ? "'" + key + "' changed; those who use it look again"
                                : "'" + key + "' changed; it promises nothing about the data");
            }
        }
    }

    /// The value without its place.
    private static Object value(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                mapping.members().forEach((key, member) -> map.put(key, value(member.value())));
                yield map;
            }
            case Node.Sequence sequence -> {
                List<Object> list = new ArrayList<>();
                sequence.items().forEach(item -> list.add(value(item)));
                yield list;
            }
            case Node.Text text -> text.value();
            case Node.Number number -> number.value().stripTrailingZeros();
            case Node.Flag flag -> flag.value();
            case Node.Nothing ignored -> Optional.empty();
        };
    }
}
