package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Capability;

import java.util.EnumSet;
import java.util.Set;

/// How policies are compiled.
///
/// @param granted what their functions may use of the world outside
/// @param isStrict whether what works and is likely a mistake is an error too: unused variables and
///   imports, functions of old that have better ones
/// @param isTraced whether evaluations can say what each expression did; they are slower then
public record CompileOptions(Set<Capability> granted, boolean isStrict, boolean isTraced) {
    /// The clock may be read, the network and randomness may not be used.
    public static final CompileOptions DEFAULT =
            new CompileOptions(EnumSet.of(Capability.NONE, Capability.CLOCK), false, false);

    /// For trusted policies only.
    public static final CompileOptions ALL_GRANTED =
            new CompileOptions(EnumSet.allOf(Capability.class), false, false);

    public CompileOptions {
        EnumSet<Capability> all = EnumSet.of(Capability.NONE);
        all.addAll(granted);
        granted = Set.copyOf(all);
    }

    public CompileOptions traced() {
        return new CompileOptions(granted, isStrict, true);
    }

    public CompileOptions strict() {
        return new CompileOptions(granted, true, isTraced);
    }
}
