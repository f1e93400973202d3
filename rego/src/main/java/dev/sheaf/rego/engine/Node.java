package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A place in the tree of `data` at which rules are: a package, a rule, or something between.
/// Changed while policies are compiled, left alone afterwards.
final class Node {
    private final String path;
    private final Map<String, Node> children = new TreeMap<>();
    private final Map<String, Node> byName = new HashMap<>();
    private final List<RuleSource> sources = new ArrayList<>();
    private final int number;
    private @Nullable RuleGroup group;
    private @Nullable List<Value> names;
    private boolean isPackage;

    Node(String path, int number) {
        this.path = path;
        this.number = number;
    }

    /// As it is written: `data.sales.allow`.
    String path() {
        return path;
    }

    /// Where the memory of an evaluation has its value.
    int number() {
        return number;
    }

    /// In the order of their names.
    Map<String, Node> children() {
        return children;
    }

    void add(String name, Node child) {
        children.put(name, child);
        byName.put(name, child);
    }

    @Nullable Node child(String name) {
        return byName.get(name);
    }

    /// The names of the children, in order; once all are there.
    List<Value> names() {
        List<Value> known = names;
        if (known == null) {
            known = children.keySet().stream().<Value>map(StringValue::of).toList();
            names = known;
        }
        return known;
    }

    List<RuleSource> sources() {
        return sources;
    }

    boolean hasRules() {
        return !sources.isEmpty();
    }

    boolean isFunction() {
        return hasRules() && sources.getFirst().rule().arguments().isPresent();
    }

    boolean isDocument() {
        return hasRules() && !isFunction();
    }

    void markPackage() {
        isPackage = true;
    }

    boolean isPackage() {
        return isPackage;
    }

    RuleGroup group() {
        RuleGroup made = group;
        if (made == null) {
            throw new IllegalStateException(path + " is not compiled");
        }
        return made;
    }

    void compiled(RuleGroup made) {
        this.group = made;
    }

    /// This node and all below.
    void forEach(Consumer<Node> action) {
        action.accept(this);
        children.values().forEach(child -> child.forEach(action));
    }
}
