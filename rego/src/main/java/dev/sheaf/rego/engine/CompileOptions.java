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
/// @param runsBeforeWeaving how often a rule runs before it becomes a class of its own, at least 1
public record CompileOptions(
        Set<Capability> granted, boolean isStrict, boolean isTraced, int runsBeforeWeaving) {
    private static final int RUNS_BEFORE_WEAVING = 2_000;

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
        if (runsBeforeWeaving < 1) {
            throw new IllegalArgumentException(
                    "a rule runs at least once before it is woven, not " + runsBeforeWeaving);
        }
    }

    /// Weaves as usual.
    public CompileOptions(Set<Capability> granted, boolean isStrict, boolean isTraced) {
        this(granted, isStrict, isTraced, RUNS_BEFORE_WEAVING);
    }

    public CompileOptions traced() {
        return new CompileOptions(granted, isStrict, true, runsBeforeWeaving);
    }

    public CompileOptions strict() {
        return new CompileOptions(granted, true, isTraced, runsBeforeWeaving);
    }

    public CompileOptions wovenAfter(int runs) {
        return new CompileOptions(granted, isStrict, isTraced, runs);
    }
}
