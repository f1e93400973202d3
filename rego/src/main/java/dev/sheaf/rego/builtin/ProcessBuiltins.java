package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.Value;

import java.util.List;

/// What a policy says about its own evaluation, and hears of the process.
final class ProcessBuiltins {
    private ProcessBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("trace", "string -> boolean", ProcessBuiltins::noted),
                Builtin.of(
                        "opa.runtime",
                        "-> object",
                        Capability.RUNTIME,
                        (a, world) -> world.runtime()));
    }

    private static Value noted(Value[] arguments, Surroundings world) {
        world.note(Operands.text(arguments, 0));
        return BooleanValue.TRUE;
    }
}
