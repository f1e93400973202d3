package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// A function that Rego brings along.
///
/// @param arguments what it takes; checked before the function is called
/// @param isRelation whether it has any number of results: the function returns them as an array
/// @param capability what must be granted before it may be used
public record Builtin(
        String name,
        List<Types> arguments,
        Types result,
        boolean isRelation,
        Capability capability,
        Function function) {
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
    ///   string` or `-> number`
    public static Builtin of(String name, String signature, Function function) {
        return of(name, signature, Capability.NONE, function);
    }

    public static Builtin of(
            String name, String signature, Capability capability, Function function) {
        int arrow = signature.indexOf("->");
        String before = signature.substring(0, arrow).strip();
        List<Types> arguments =
                before.isEmpty()
                        ? List.of()
                        : Arrays.stream(before.split(","))
                                .map(type -> Types.parse(type.strip()))
                                .toList();
        Types result = Types.parse(signature.substring(arrow + 2).strip());
        return new Builtin(name, arguments, result, false, capability, function);
    }

    /// One whose function returns an array of all its results.
    public static Builtin relation(String name, String signature, Function function) {
        Builtin plain = of(name, signature, function);
        return new Builtin(name, plain.arguments, plain.result, true, Capability.NONE, function);
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
                            i + 1, arguments.get(i), values[i].typeName());
                }
            }
            return function.call(values, surroundings);
        } catch (BuiltinFault fault) {
            throw fault.in(name);
        }
    }
}
