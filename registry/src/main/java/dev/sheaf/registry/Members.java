package dev.sheaf.registry;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// The members of an object that another region has written, read with suspicion. Every method
/// throws [Problem] INVALID_VALUE naming the member that is not as it should be.
final class Members {
    private final JsonNode object;

    Members(JsonNode object) {
        if (!object.isObject()) {
            throw new Problem(ProblemCode.INVALID_VALUE, "a manifest is an object");
        }
        this.object = object;
    }

    boolean has(String name) {
        return object.has(name);
    }

    String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw wrong(name);
        }
        return value.stringValue();
    }

    Optional<String> textIfAny(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    boolean flag(String name) {
        JsonNode value = object.path(name);
        if (!value.isBoolean()) {
            throw wrong(name);
        }
        return value.booleanValue();
    }

    long number(String name) {
        JsonNode value = object.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name);
        }
        return value.longValue();
    }

    OptionalLong numberIfAny(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name);
        }
    }

    Members object(String name) {
        return new Members(object.path(name));
    }

    <T> Optional<T> objectIfAny(String name, Function<Members, T> reader) {
        return has(name) ? Optional.of(reader.apply(object(name))) : Optional.empty();
    }

    <T> List<T> objects(String name, Function<Members, T> reader) {
        List<T> read = new ArrayList<>();
        for (JsonNode item : array(name)) {
            read.add(reader.apply(new Members(item)));
        }
        return read;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(name)) {
            if (!item.isString()) {
                throw wrong(name);
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    <E extends Enum<E>> E word(String name, Class<E> words) {
        String text = text(name);
        for (E each : words.getEnumConstants()) {
            if (Words.of(each).equals(text)) {
                return each;
            }
        }
        throw wrong(name);
    }

    JsonNode node(String name) {
        return object.path(name);
    }

    private JsonNode array(String name) {
        JsonNode value = object.path(name);
        if (!value.isArray()) {
            throw wrong(name);
        }
        return value;
    }

    Problem wrong(String name) {
        String shown = object.path(name).toString();
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "a manifest's "
                        + name
                        + " cannot be "
                        + (shown.isEmpty()
                                ? "absent"
                                : shown.substring(0, Math.min(80, shown.length()))));
    }
}
