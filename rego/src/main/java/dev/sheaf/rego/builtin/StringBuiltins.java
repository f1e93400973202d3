package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// Looks into texts and cuts them. Places and lengths count code points.
final class StringBuiltins {
    private static final String PREDICATE = "string, string -> boolean";

    private StringBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("contains", PREDICATE, (a, world) -> test(a, world, String::contains)),
                Builtin.of(
                        "startswith", PREDICATE, (a, world) -> test(a, world, String::startsWith)),
                Builtin.of("endswith", PREDICATE, (a, world) -> test(a, world, String::endsWith)),
                Builtin.of("indexof", "string, string -> number", StringBuiltins::indexOf),
                Builtin.of("indexof_n", "string, string -> array", StringBuiltins::indexesOf),
                Builtin.of("strings.count", "string, string -> number", StringBuiltins::count),
                Builtin.of(
                        "substring", "string, number, number -> string", StringBuiltins::substring),
                Builtin.of("split", "string, string -> array", StringBuiltins::split),
                Builtin.of("concat", "string, set|array -> string", StringBuiltins::concatenated),
                anyMatch("strings.any_prefix_match", String::startsWith),
                anyMatch("strings.any_suffix_match", String::endsWith));
    }

    private static Value test(
            Value[] arguments, Surroundings world, BiPredicate<String, String> isSo) {
        String text = Operands.text(arguments, 0);
        String sought = Operands.text(arguments, 1);
        world.work(steps(text, sought));
        return Operands.of(isSo.test(text, sought));
    }

    /// What it takes to go through a text.
    static long steps(String text) {
        return 1 + text.length() / 64;
    }

    /// What it takes to search a text, at worst.
    static long steps(String text, String sought) {
        return steps(text) * steps(sought);
    }

    private static String sought(Value[] arguments) {
        String sought = Operands.text(arguments, 1);
        if (sought.isEmpty()) {
            throw BuiltinFault.of("empty search character");
        }
        return sought;
    }

    /// -1 when it is not there.
    private static Value indexOf(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        String sought = sought(arguments);
        world.work(steps(text, sought));
        int index = text.indexOf(sought);
        return NumberValue.of(index < 0 ? -1 : text.codePointCount(0, index));
    }

    /// All places, also of overlapping finds.
    private static Value indexesOf(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        String sought = sought(arguments);
        world.work(steps(text, sought));
        List<Value> places = new ArrayList<>();
        int place = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (text.startsWith(sought, at)) {
                world.work(1);
                places.add(NumberValue.of(place));
            }
            place++;
        }
        return ArrayValue.of(places);
    }

    /// Finds that do not overlap; an empty text is found before and after each character.
    private static Value count(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        String sought = Operands.text(arguments, 1);
        world.work(steps(text, sought));
        if (sought.isEmpty()) {
            return NumberValue.of(text.codePointCount(0, text.length()) + 1L);
        }
        long count = 0;
        for (int at = text.indexOf(sought);
                at >= 0;
                at = text.indexOf(sought, at + sought.length())) {
            count++;
        }
        return NumberValue.of(count);
    }

    /// A negative length means up to the end.
    private static Value substring(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        int offset = Operands.place(arguments, 1);
        int length = Operands.place(arguments, 2);
        if (offset < 0) {
            throw BuiltinFault.of("negative offset");
        }
        world.work(steps(text));
        int total = text.codePointCount(0, text.length());
        if (offset >= total) {
            return StringValue.EMPTY;
        }
        int end = length < 0 ? total : (int) Math.min(total, (long) offset + length);
        int from = text.offsetByCodePoints(0, offset);
        return StringValue.of(text.substring(from, text.offsetByCodePoints(from, end - offset)));
    }

    /// An empty delimiter splits into the characters.
    private static Value split(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        String delimiter = Operands.text(arguments, 1);
        world.work(steps(text, delimiter));
        List<String> parts = new ArrayList<>();
        if (delimiter.isEmpty()) {
            text.codePoints().mapToObj(Character::toString).forEach(parts::add);
        } else {
            int start = 0;
            for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, start)) {
                parts.add(text.substring(start, at));
                start = at + delimiter.length();
            }
            parts.add(text.substring(start));
        }
        world.work(parts.size());
        return Operands.ofTexts(parts);
    }

    private static Value concatenated(Value[] arguments, Surroundings world) {
        String between = Operands.text(arguments, 0);
        List<String> texts = Operands.texts(arguments, 1);
        long length = (long) between.length() * texts.size();
        for (String text : texts) {
            length += text.length();
        }
        world.work(texts.size() + length / 64);
        return StringValue.of(String.join(between, texts));
    }

    private static Builtin anyMatch(String name, BiPredicate<String, String> isSo) {
        return Builtin.of(
                name,
                "string|set|array, string|set|array -> boolean",
                (a, world) -> {
                    List<String> texts = oneOrMany(a, 0);
                    List<String> affixes = oneOrMany(a, 1);
                    for (String affix : affixes) {
                        world.work(texts.size());
                        for (String text : texts) {
                            if (isSo.test(text, affix)) {
                                return Operands.of(true);
                            }
                        }
                    }
                    return Operands.of(false);
                });
    }

    private static List<String> oneOrMany(Value[] arguments, int index) {
        return arguments[index] instanceof StringValue string
                ? List.of(string.value())
                : Operands.texts(arguments, index);
    }
}
