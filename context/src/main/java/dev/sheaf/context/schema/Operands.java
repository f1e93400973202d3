package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the values of one schema's keywords; what has the wrong form is a fault and absent.
final class Operands {
    private final String pointer;
    private final JsonNode schema;
    private final Faults faults;
    private final Patterns patterns;

    Operands(String pointer, JsonNode schema, Faults faults, Patterns patterns) {
        this.pointer = pointer;
        this.schema = schema;
        this.faults = faults;
        this.patterns = patterns;
    }

    String pointer() {
        return pointer;
    }

    String at(String keyword) {
        return JsonPointers.append(pointer, keyword);
    }

    void fault(String keyword, String message) {
        faults.add(at(keyword), message);
    }

    private void wrong(String keyword, String allowed) {
        fault(keyword, "is " + JsonValues.shown(schema.path(keyword)) + "; allowed: " + allowed);
    }

    Optional<String> text(String keyword) {
        JsonNode value = schema.path(keyword);
        if (!value.isString()) {
            wrong(keyword, "text");
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    boolean flag(String keyword) {
        JsonNode value = schema.path(keyword);
        if (!value.isBoolean()) {
            wrong(keyword, "true or false");
            return false;
        }
        return value.booleanValue();
    }

    Optional<JsonNode> number(String keyword) {
        JsonNode value = schema.path(keyword);
        if (!value.isNumber() || !JsonValues.isFinite(value)) {
            wrong(keyword, "a number");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    Optional<BigDecimal> positive(String keyword) {
        Optional<BigDecimal> number = number(keyword).map(JsonNode::decimalValue);
        if (number.isPresent() && number.get().signum() <= 0) {
            wrong(keyword, "a number above zero");
            return Optional.empty();
        }
        return number;
    }

    /// A whole number of at least zero; `2.0` is one.
    Optional<Long> size(String keyword) {
        JsonNode value = schema.path(keyword);
        if (Types.of(value) == Types.INTEGER) {
            BigDecimal number = value.decimalValue();
            boolean fits =
                    number.signum() >= 0
                            && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
            if (fits) {
                return Optional.of(number.longValue());
            }
        }
        wrong(keyword, "a whole number of at least 0");
        return Optional.empty();
    }

    Optional<List<JsonNode>> list(String keyword) {
        JsonNode value = schema.path(keyword);
        if (!value.isArray() || value.isEmpty()) {
            wrong(keyword, "a list of at least one");
            return Optional.empty();
        }
        return Optional.of(List.copyOf(value.values()));
    }

    /// The members of an object, or nothing where the keyword is not there.
    Map<String, JsonNode> object(String keyword) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        JsonNode value = schema.path(keyword);
        if (value.isObject()) {
            value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        } else if (!value.isMissingNode()) {
            wrong(keyword, "an object");
        }
        return members;
    }

    List<String> names(String keyword) {
        return names(keyword, schema.path(keyword));
    }

    private List<String> names(String keyword, JsonNode list) {
        List<String> names = new ArrayList<>();
        boolean fits = list.isArray();
        for (JsonNode name : list) {
            fits &= name.isString();
            if (name.isString()) {
                names.add(name.stringValue());
            }
        }
        if (!fits) {
            wrong(keyword, "a list of names");
        }
        return List.copyOf(names);
    }

    Map<String, List<String>> namesByName(String keyword) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        object(keyword).forEach((name, list) -> names.put(name, names(keyword, list)));
        return names;
    }

    int types() {
        JsonNode value = schema.path("type");
        List<JsonNode> names = value.isArray() ? List.copyOf(value.values()) : List.of(value);
        int types = 0;
        for (JsonNode name : names) {
            int named = name.isString() ? Types.named(name.stringValue()) : 0;
            if (named == 0) {
                wrong(
                        "type",
                        String.join(", ", Types.NAMES)
                                + (name.isString()
                                        ? NearMiss.hint(name.stringValue(), Types.NAMES)
                                        : ""));
            }
            types |= named;
        }
        if (names.isEmpty()) {
            wrong("type", String.join(", ", Types.NAMES));
        }
        return types;
    }

    Optional<TextPattern> pattern(String keyword, String text) {
        try {
            return Optional.of(patterns.compile(text));
        } catch (TextPattern.Unsupported e) {
            fault(keyword, "the pattern " + JsonValues.shown(text) + " " + e.reason());
            return Optional.empty();
        }
    }
}
