package dev.sheaf.contract.internal;

import dev.sheaf.contract.document.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Forgiving access to a mapping's members: what is absent, null or of another type is empty.
/// Whether that is allowed has been decided by the schema.
record Fields(Node.Mapping mapping) {
    static final Fields NONE =
            new Fields(new Node.Mapping(dev.sheaf.contract.document.Position.START, Map.of()));

    /// A scalar's text; numbers as written.
    static Optional<String> scalar(Node node) {
        return switch (node) {
            case Node.Text text -> Optional.of(text.value());
            case Node.Number number -> Optional.of(number.written());
            case Node.Flag flag -> Optional.of(Boolean.toString(flag.value()));
            case Node.Mapping ignored -> Optional.empty();
            case Node.Sequence ignored -> Optional.empty();
            case Node.Nothing ignored -> Optional.empty();
        };
    }

    boolean has(String key) {
        return mapping.get(key).filter(node -> !(node instanceof Node.Nothing)).isPresent();
    }

    Optional<Node> node(String key) {
        return mapping.get(key);
    }

    Optional<String> text(String key) {
        return mapping.get(key).flatMap(Fields::scalar);
    }

    boolean flag(String key) {
        return mapping.get(key).orElse(null) instanceof Node.Flag flag && flag.value();
    }

    OptionalInt number(String key) {
        return mapping.get(key).orElse(null) instanceof Node.Number number
                        && number.value().scale() > -10
                        && Math.abs(number.value().doubleValue()) <= Integer.MAX_VALUE
                ? OptionalInt.of(number.value().intValue())
                : OptionalInt.empty();
    }

    Fields object(String key) {
        return mapping.get(key).orElse(null) instanceof Node.Mapping nested
                ? new Fields(nested)
                : NONE;
    }

    List<Fields> objects(String key) {
        List<Fields> found = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof Node.Mapping nested) {
                found.add(new Fields(nested));
            }
        }
        return found;
    }

    List<Node> items(String key) {
        return mapping.get(key).orElse(null) instanceof Node.Sequence list
                ? list.items()
                : List.of();
    }

    List<String> texts(String key) {
        return items(key).stream().flatMap(item -> scalar(item).stream()).toList();
    }

    /// A list of `property` and `value` as a map; null values are left out.
    Map<String, Object> customProperties() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Fields entry : objects("customProperties")) {
            Object value = entry.node("value").map(Json::plain).orElse(null);
            if (value != null) {
                entry.text("property").ifPresent(name -> map.put(name, value));
            }
        }
        return map;
    }
}
