package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// A built-in function as something to call.
record BuiltinCallee(Builtin builtin) implements Callee {
    @Override
    public @Nullable Value call(Value[] arguments, Context context, Location at) {
        Session session = context.session();
        try {
            return builtin.call(arguments, session.surroundings());
        } catch (BuiltinFault fault) {
            session.failed(fault, at);
            return null;
        }
    }

    @Override
    public Object identity() {
        return builtin.name();
    }

    @Override
    public int arity() {
        return builtin.arity();
    }
}
