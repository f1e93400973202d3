package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.SecretReference;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Single values by their type: how they are written, and read.
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /// @param form how such a value is written, for people
    record Kind(String form, Function<String, Object> read) {}

    private static final Map<Class<?>, Kind> KINDS =
            Map.of(
                    String.class, new Kind("text", text -> text),
                    int.class, new Kind("whole number", Values::wholeInt),
                    long.class, new Kind("whole number", Values::whole),
                    boolean.class, new Kind("true or false", Values::flag),
                    Duration.class,
                            new Kind("duration, as in 500ms, 30s, 5m, 12h, 7d", Values::duration),
                    ByteSize.class, new Kind("size, as in 512MiB", ByteSize::parse),
                    Path.class, new Kind("path, relative to the data directory", Path::of),
                    URI.class, new Kind("URL", Values::uri),
                    RegionName.class, new Kind("cloud/location", RegionName::parse),
                    SecretReference.class, new Kind("env:NAME or file:PATH", SecretReference::new));

    private Values() {}

    static boolean isSingle(Class<?> type) {
        return KINDS.containsKey(plain(type)) || type.isEnum();
    }

    /// What may be absent cannot be of a primitive type.
    private static Class<?> plain(Class<?> type) {
        return type == Boolean.class ? boolean.class : type;
    }

    static String form(Class<?> type) {
        Kind kind = KINDS.get(plain(type));
        return kind == null
                ? "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Object::toString)
                                        .toList())
                : kind.form();
    }

    /// @throws Problem INVALID_VALUE or INVALID_CONFIGURATION with what is allowed
    static Object read(Class<?> type, String text) {
        Kind kind = KINDS.get(plain(type));
        if (kind != null) {
            return kind.read().apply(text);
        }
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equals(text.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw wrong(text, form(type));
    }

    private static Object wholeInt(String text) {
        long value = (Long) whole(text);
        if (value != (int) value) {
            throw wrong(text, "whole number of at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private static Object whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(text, "whole number");
        }
    }

    private static Object flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(text, "true or false");
        };
    }

    private static Object uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "URL");
        }
    }

    private static Object duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text, "duration, as in 500ms, 30s, 5m, 12h, 7d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static Problem wrong(String text, String form) {
        return new Problem(ProblemCode.INVALID_VALUE, "'" + text + "' is not of the form: " + form);
    }
}
