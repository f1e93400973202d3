package dev.sheaf.context.type;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One object of a declaration. Reading a key that has the wrong form is a finding, and absent.
final class Section {
    private final JsonNode node;
    private final String pointer;
    private final Findings findings;

    Section(JsonNode node, String pointer, Findings findings) {
        this.node = node;
        this.pointer = pointer;
        this.findings = findings;
    }

    String pointer() {
        return pointer;
    }

    Findings findings() {
        return findings;
    }

    String at(String key) {
        return JsonPointers.append(pointer, key);
    }

    boolean has(String key) {
        return node.has(key);
    }

    JsonNode value(String key) {
        return node.path(key);
    }

    void fault(String key, String message) {
        findings.add(at(key), message);
    }

    /// Says what is there, and what is allowed.
    void wrong(String key, String allowed) {
        fault(key, "is " + JsonValues.shown(node.path(key)) + "; allowed: " + allowed);
    }

    /// Names every key that is not among the known ones.
    void allow(List<String> known) {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                fault(
                        key,
                        "is not known here"
                                + NearMiss.hint(key, known)
                                + "; allowed: "
                                + String.join(", ", known));
            }
        }
    }

    void require(String... keys) {
        for (String key : keys) {
            if (!node.has(key)) {
                findings.add(pointer, "lacks '" + key + "', which is required");
            }
        }
    }

    Optional<String> text(String key) {
        JsonNode value = node.path(key);
        if (value.isString()) {
            return Optional.of(value.stringValue());
        }
        if (!value.isMissingNode()) {
            wrong(
                    key,
                    "text" + (value.isNumber() || value.isBoolean() ? "; put it in quotes" : ""));
        }
        return Optional.empty();
    }

    /// Text that a parser of ours understands; its Problem becomes the finding.
    <T> Optional<T> parsed(String key, Function<String, T> parser) {
        Optional<String> text = text(key);
        try {
            return text.map(parser);
        } catch (Problem problem) {
            fault(key, problem.message());
            return Optional.empty();
        }
    }

    Optional<Boolean> flag(String key) {
        JsonNode value = node.path(key);
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        if (!value.isMissingNode()) {
            wrong(key, "true or false");
        }
        return Optional.empty();
    }

    <E extends Enum<E>> Optional<E> choice(String key, List<E> allowed) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = allowed.stream().map(Section::written).toList();
        int index = names.indexOf(text.get());
        if (index < 0) {
            wrong(key, String.join(", ", names) + NearMiss.hint(text.get(), names));
            return Optional.empty();
        }
        return Optional.of(allowed.get(index));
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return choice(key, Arrays.asList(type.getEnumConstants()));
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// A whole number within bounds.
    Optional<Integer> whole(String key, int min, int max) {
        JsonNode value = node.path(key);
        if (JsonValues.isLong(value) && value.longValue() >= min && value.longValue() <= max) {
            return Optional.of(value.intValue());
        }
        if (!value.isMissingNode()) {
            wrong(key, "a whole number from " + min + " to " + max);
        }
        return Optional.empty();
    }

    Optional<Section> section(String key) {
        JsonNode value = node.path(key);
        if (value.isObject()) {
            return Optional.of(new Section(value, at(key), findings));
        }
        if (!value.isMissingNode()) {
            wrong(key, "keys and values below it");
        }
        return Optional.empty();
    }

    /// The members, each of which must be an object.
    Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (String key : node.propertyNames()) {
            section(key).ifPresent(section -> sections.put(key, section));
        }
        return sections;
    }

    List<String> keys() {
        return List.copyOf(node.propertyNames());
    }

    /// A list of objects.
    List<Section> list(String key) {
        List<Section> sections = new ArrayList<>();
        JsonNode list = node.path(key);
        if (!list.isArray()) {
            if (!list.isMissingNode()) {
                wrong(key, "a list");
            }
            return sections;
        }
        Section items = new Section(list, at(key), findings);
        int index = 0;
        for (JsonNode item : list) {
            String name = Integer.toString(index);
            if (item.isObject()) {
                sections.add(new Section(item, items.at(name), findings));
            } else {
                items.fault(name, "is " + JsonValues.shown(item) + "; allowed: keys and values");
            }
            index++;
        }
        return sections;
    }

    /// A list of texts that a parser of ours understands.
    <T> List<T> texts(String key, Function<String, T> parser) {
        List<T> parsed = new ArrayList<>();
        JsonNode list = node.path(key);
        if (!list.isArray()) {
            wrong(key, "a list");
            return parsed;
        }
        int index = 0;
        for (JsonNode item : list) {
            String at = JsonPointers.append(at(key), Integer.toString(index));
            try {
                if (item.isString()) {
                    parsed.add(parser.apply(item.stringValue()));
                } else {
                    findings.add(at, "is " + JsonValues.shown(item) + "; allowed: text");
                }
            } catch (Problem problem) {
                findings.add(at, problem.message());
            }
            index++;
        }
        return parsed;
    }
}
