package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// Globs; see [GlobPattern].
final class GlobBuiltins {
    /// When an empty array of delimiters is given.
    private static final List<Integer> DELIMITERS_DEFAULT = List.of((int) '.');

    private GlobBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "glob.match",
                        "string, array|null, string -> boolean",
                        GlobBuiltins::isMatch),
                Builtin.of(
                        "glob.quote_meta",
                        "string -> string",
                        (a, world) -> StringValue.of(GlobPattern.quoted(Operands.text(a, 0)))));
    }

    private static Value isMatch(Value[] arguments, Surroundings world) {
        String glob = Operands.text(arguments, 0);
        List<Integer> delimiters = delimiters(arguments);
        String text = Operands.text(arguments, 2);
        world.work(1 + (text.length() + glob.length()) / 8);
        StringBuilder key = new StringBuilder();
        delimiters.forEach(key::appendCodePoint);
        key.append(delimiters.size()).append(' ').append(glob);
        return Operands.of(
                world.expressions()
                        .kept(
                                GlobPattern.class,
                                key.toString(),
                                whole -> GlobPattern.parse(glob, delimiters))
                        .matches(text));
    }

    private static List<Integer> delimiters(Value[] arguments) {
        if (arguments[1] == NullValue.NULL) {
            return List.of();
        }
        ArrayValue array = Operands.array(arguments, 1);
        List<Integer> delimiters = new ArrayList<>();
        for (Value item : array.items()) {
            if (!(item instanceof StringValue string)) {
                throw Operands.wrongElement(2, array, item, "string");
            }
            String text = string.value();
            if (text.codePointCount(0, text.length()) != 1) {
                throw Operands.wrongElement(2, array, item, "rune");
            }
            delimiters.add(text.codePointAt(0));
        }
        return delimiters.isEmpty() ? DELIMITERS_DEFAULT : delimiters;
    }
}
