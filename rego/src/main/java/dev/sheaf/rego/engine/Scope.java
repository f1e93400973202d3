package dev.sheaf.rego.engine;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The variables that are declared in a body, and in those around it. Each declaration gets a name
/// of its own (`x#3`), so that later stages need no scopes.
final class Scope {
    private final @Nullable Scope outer;
    private final Counter counter;
    private final Map<String, String> declared = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    private static final class Counter {
        int last;
    }

    private Scope(@Nullable Scope outer, Counter counter) {
        this.outer = outer;
        this.counter = counter;
    }

    /// For one rule.
    static Scope ofRule() {
        return new Scope(null, new Counter());
    }

    Scope inner() {
        return new Scope(this, counter);
    }

    /// What the name was declared as; null when it was not.
    @Nullable String find(String name) {
        String here = declared.get(name);
        return here != null || outer == null ? here : outer.find(name);
    }

    boolean isDeclaredHere(String name) {
        return declared.containsKey(name);
    }

    /// Whether the name was used in this very body without being declared in it.
    boolean wasUsed(String name) {
        return used.contains(name);
    }

    void use(String name) {
        used.add(name);
    }

    String declare(String name) {
        String unique = fresh(name);
        declared.put(name, unique);
        return unique;
    }

    /// A name as it stands in the policy.
    static String written(String unique) {
        int end = unique.indexOf('#');
        return end < 0 ? unique : unique.substring(0, end);
    }

    /// A name that nothing else has.
    String fresh(String name) {
        return name + "#" + ++counter.last;
    }
}
