package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// A function, ours or built in.
sealed interface Callee permits BuiltinCallee, RuleCallee {
    /// @return null when it is undefined for these arguments
    @Nullable Value call(Value[] arguments, Context context, Location at);

    /// By which `with` finds it.
    Object identity();

    int arity();
}
