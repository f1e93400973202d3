package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/// Texts from texts: case, trimming, replacing, reversing.
final class TextChangeBuiltins {
    private static final String UNARY = "string -> string";
    private static final String BINARY = "string, string -> string";

    private TextChangeBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                unary("lower", text -> mapped(text, Character::toLowerCase)),
                unary("upper", text -> mapped(text, Character::toUpperCase)),
                unary("strings.reverse", TextChangeBuiltins::reversed),
                unary("trim_space", TextChangeBuiltins::trimmed),
                trim("trim", true, true),
                trim("trim_left", true, false),
                trim("trim_right", false, true),
                Builtin.of("trim_prefix", BINARY, (a, world) -> withoutPrefix(a)),
                Builtin.of("trim_suffix", BINARY, (a, world) -> withoutSuffix(a)),
                Builtin.of(
                        "replace",
                        "string, string, string -> string",
                        TextChangeBuiltins::replaced),
                Builtin.of(
                        "strings.replace_n",
                        "object, string -> string",
                        TextChangeBuiltins::manyReplaced));
    }

    private static Builtin unary(String name, UnaryOperator<String> change) {
        return Builtin.of(
                name,
                UNARY,
                (a, world) -> {
                    String text = Operands.text(a, 0);
                    world.work(StringBuiltins.steps(text));
                    return StringValue.of(change.apply(text));
                });
    }

    /// Character by character, so that the number of characters stays.
    private static String mapped(String text, IntUnaryOperator change) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(change).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static String trimmed(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        int end = text.length();
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// Unicode's White_Space; none of it lies beyond 16 bits.
    private static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
    }

    private static Builtin trim(String name, boolean isLeft, boolean isRight) {
        return Builtin.of(
                name,
                BINARY,
                (a, world) -> {
                    String text = Operands.text(a, 0);
                    String characters = Operands.text(a, 1);
                    world.work(StringBuiltins.steps(text));
                    int start = 0;
                    while (isLeft
                            && start < text.length()
                            && characters.indexOf(text.codePointAt(start)) >= 0) {
                        start += Character.charCount(text.codePointAt(start));
                    }
                    int end = text.length();
                    while (isRight
                            && end > start
                            && characters.indexOf(text.codePointBefore(end)) >= 0) {
                        end -= Character.charCount(text.codePointBefore(end));
                    }
                    return StringValue.of(text.substring(start, end));
                });
    }

    private static Value withoutPrefix(Value[] arguments) {
        String text = Operands.text(arguments, 0);
        String prefix = Operands.text(arguments, 1);
        return text.startsWith(prefix)
                ? StringValue.of(text.substring(prefix.length()))
                : arguments[0];
    }

    private static Value withoutSuffix(Value[] arguments) {
        String text = Operands.text(arguments, 0);
        String suffix = Operands.text(arguments, 1);
        return text.endsWith(suffix)
                ? StringValue.of(text.substring(0, text.length() - suffix.length()))
                : arguments[0];
    }

    private record Replacement(String old, String fresh) {}

    private static Value replaced(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        String old = Operands.text(arguments, 1);
        String fresh = Operands.text(arguments, 2);
        if (old.isEmpty()) {
            return StringValue.of(replaced(text, List.of(new Replacement(old, fresh)), world));
        }
        world.work(StringBuiltins.steps(text, old));
        int finds = 0;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length())) {
            finds++;
        }
        world.work(finds * StringBuiltins.steps(fresh));
        return StringValue.of(finds == 0 ? text : text.replace(old, fresh));
    }

    private static Value manyReplaced(Value[] arguments, Surroundings world) {
        ObjectValue patterns = Operands.object(arguments, 0);
        List<Replacement> replacements = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (!(patterns.key(i) instanceof StringValue old)) {
                throw BuiltinFault.type("operand 1 non-string key found in pattern object");
            }
            if (!(patterns.value(i) instanceof StringValue fresh)) {
                throw BuiltinFault.type("operand 1 non-string value found in pattern object");
            }
            replacements.add(new Replacement(old.value(), fresh.value()));
        }
        return StringValue.of(replaced(Operands.text(arguments, 1), replacements, world));
    }

    /// At each place the first replacement that fits is taken; what was replaced is not looked at
    /// again. An empty pattern fits before each character and at the end, but not twice in a row.
    private static String replaced(
            String text, List<Replacement> replacements, Surroundings world) {
        StringBuilder out = new StringBuilder(text.length());
        boolean wasEmpty = false;
        int at = 0;
        while (at <= text.length()) {
            world.work(1 + replacements.size() / 16);
            Replacement fitting = fitting(text, at, replacements, wasEmpty);
            wasEmpty = fitting != null && fitting.old.isEmpty();
            if (fitting != null) {
                out.append(fitting.fresh);
                world.work(StringBuiltins.steps(fitting.fresh));
            }
            if (fitting != null && !fitting.old.isEmpty()) {
                at += fitting.old.length();
            } else if (fitting == null) {
                if (at < text.length()) {
                    int character = text.codePointAt(at);
                    out.appendCodePoint(character);
                    at += Character.charCount(character);
                } else {
                    at++;
                }
            }
        }
        return out.toString();
    }

    private static @Nullable Replacement fitting(
            String text, int at, List<Replacement> replacements, boolean wasEmpty) {
        for (Replacement replacement : replacements) {
            boolean isSkipped = wasEmpty && replacement.old.isEmpty();
            if (!isSkipped && text.startsWith(replacement.old, at)) {
                return replacement;
            }
        }
        return null;
    }
}
