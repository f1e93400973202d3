package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Types;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// A built-in function as something to call.
final class BuiltinCallee implements Callee {
    private final Builtin builtin;
    private final Types[] types;
    private final Builtin.Function function;

    BuiltinCallee(Builtin builtin) {
        this.builtin = builtin;
        this.types = builtin.arguments().toArray(new Types[0]);
        this.function = builtin.function();
    }

    @Override
    public @Nullable Value call(Value[] arguments, Context context, Location at) {
        Session session = context.session();
        try {
            return fits(arguments)
                    ? function.call(arguments, session.surroundings())
                    : builtin.call(arguments, session.surroundings());
        } catch (BuiltinFault fault) {
            session.failed(fault.in(builtin.name()), at);
            return null;
        }
    }

    private boolean fits(Value[] arguments) {
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isAny() && !types[i].has(arguments[i])) {
                return false;
            }
        }
        return true;
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
