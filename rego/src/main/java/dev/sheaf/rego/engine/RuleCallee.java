package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// A function of a policy as something to call.
record RuleCallee(Node node) implements Callee {
    @Override
    public @Nullable Value call(Value[] arguments, Context context, Location at) {
        return node.group().call(arguments, context);
    }

    @Override
    public Object identity() {
        return node;
    }

    @Override
    public int arity() {
        return node.sources().getFirst().rule().arguments().orElseThrow().size();
    }
}
