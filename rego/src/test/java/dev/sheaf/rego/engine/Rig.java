package dev.sheaf.rego.engine;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Policies from texts, and questions to them.
final class Rig {
    static final FixedSurroundings.World WORLD =
            new FixedSurroundings.World(
                    new Random(1),
                    new Expressions(),
                    Optional.empty(),
                    Optional.empty(),
                    ObjectValue.EMPTY,
                    line -> {});

    private Rig() {}

    static Policies compile(String... modules) {
        return compile(CompileOptions.DEFAULT, RegoVersion.V1, modules);
    }

    static Policies compile(CompileOptions options, RegoVersion version, String... modules) {
        List<Module> parsed = new ArrayList<>();
        for (String module : modules) {
            parsed.add(Parser.module("m" + parsed.size() + ".rego", module, version));
        }
        return Policies.compile(parsed, options);
    }

    static List<ObjectValue> results(Policies policies, String query, String input, Limits limits) {
        return policies.query(query)
                .results(
                        new Query.Facts(
                                Optional.of(JsonValues.parse(input)), ObjectValue.EMPTY, false),
                        limits,
                        System::nanoTime,
                        work -> new FixedSurroundings(WORLD, 0, work::done));
    }

    /// The value as Rego text, or `undefined`.
    static String value(Policies policies, String reference, String input) {
        List<ObjectValue> found = results(policies, "x = " + reference, input, Limits.DEFAULT);
        return found.isEmpty() ? "undefined" : String.valueOf(found.getFirst().get("x"));
    }
}
