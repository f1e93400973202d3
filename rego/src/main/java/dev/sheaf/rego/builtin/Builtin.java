package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// A function that Rego brings along.
///
/// @param arguments what it takes; checked before the function is called
/// @param expected how errors call the types of the arguments, in OPA's order of the alternatives
/// @param isRelation whether it has any number of results: the function returns them as an array
/// @param capability what must be granted before it may be used
public record Builtin(
        String name,
        List<Types> arguments,
        List<String> expected,
        Types result,
        boolean isRelation,
        Capability capability,
        Function function) {
    private static final String INTEGER = "integer";

    /// One whose errors call the types as [Types] does.
    public Builtin(
            String name,
            List<Types> arguments,
            Types result,
            boolean isRelation,
            Capability capability,
            Function function) {
        this(
                name,
                arguments,
                arguments.stream().map(Types::toString).toList(),
                result,
                isRelation,
                capability,
                function);
    }

    /// What it does. May be called by several threads.
    @FunctionalInterface
    public interface Function {
        /// @param arguments of the declared types; not to be changed
        /// @return null when it is undefined for them
        /// @throws BuiltinFault when it cannot be computed; makes the expression undefined unless
        ///   errors are strict
        @Nullable Value call(Value[] arguments, Surroundings surroundings);
    }

    /// @param signature types of the arguments and the result, for example `string, array|set ->
    ///   string` or `-> number`; errors name alternatives in the order they are written in, and
    ///   `integer` is a number that the function itself looks at
    public static Builtin of(String name, String signature, Function function) {
        return of(name, signature, Capability.NONE, function);
    }

    public static Builtin of(
            String name, String signature, Capability capability, Function function) {
        int arrow = signature.indexOf("->");
        String before = signature.substring(0, arrow).strip();
        List<String> spelled =
                before.isEmpty()
                        ? List.of()
                        : Arrays.stream(before.split(",")).map(String::strip).toList();
        return new Builtin(
                name,
                spelled.stream().map(Builtin::types).toList(),
                spelled.stream().map(Builtin::expected).toList(),
                types(signature.substring(arrow + 2).strip()),
                false,
                capability,
                function);
    }

    private static Types types(String spelled) {
        return Types.parse(spelled.equals(INTEGER) ? "number" : spelled);
    }

    private static String expected(String spelled) {
        return spelled.contains("|") ? "one of {" + spelled.replace("|", ", ") + "}" : spelled;
    }

    /// One whose function returns an array of all its results.
    public static Builtin relation(String name, String signature, Function function) {
        Builtin plain = of(name, signature, function);
        return new Builtin(
                name,
                plain.arguments,
                plain.expected,
                plain.result,
                true,
                Capability.NONE,
                function);
    }

    public int arity() {
        return arguments.size();
    }

    /// @throws BuiltinFault when an argument is of another type, or from the function
    public @Nullable Value call(Value[] values, Surroundings surroundings) {
        try {
            for (int i = 0; i < values.length; i++) {
                if (!arguments.get(i).has(values[i])) {
                    throw BuiltinFault.type(
                            "operand %d must be %s but got %s",
                            i + 1, expected.get(i), values[i].typeName());
                }
            }
            return function.call(values, surroundings);
        } catch (BuiltinFault fault) {
            throw fault.in(name);
        }
    }
}
