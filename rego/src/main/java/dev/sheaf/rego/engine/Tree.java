package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Rule;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All rules of all modules by their paths.
final class Tree {
    private final Node root = new Node("data", 0);
    private final Faults faults;
    private final Metadata metadata;
    private int nodes = 1;

    Tree(List<Module> modules, Faults faults) {
        this.faults = faults;
        this.metadata = new Metadata(modules);
        Map<List<String>, Set<String>> names = new HashMap<>();
        for (Module module : modules) {
            Set<String> known =
                    names.computeIfAbsent(module.packagePath(), path -> new HashSet<>());
            module.rules().forEach(rule -> known.add(rule.name()));
        }
        for (Module module : modules) {
            Node node = root;
            for (String part : module.packagePath()) {
                node = child(node, part);
            }
            node.markPackage();
            ModuleNames own =
                    new ModuleNames(
                            module,
                            java.util.Objects.requireNonNull(names.get(module.packagePath())));
            own.check(faults);
            for (Rule rule : module.rules()) {
                add(node, rule, own);
            }
        }
        root.forEach(this::check);
    }

    private Node child(Node node, String name) {
        Node known = node.child(name);
        if (known != null) {
            return known;
        }
        Node made = new Node(node.path() + "." + name, nodes++);
        node.add(name, made);
        return made;
    }

    private void add(Node packageNode, Rule rule, ModuleNames names) {
        Node node = child(packageNode, rule.name());
        List<Term> keys = new ArrayList<>();
        for (Term part : rule.path().subList(1, rule.path().size())) {
            if (keys.isEmpty() && part instanceof Term.Scalar(StringValue name, var at)) {
                node = child(node, name.value());
            } else {
                keys.add(part);
            }
        }
        if (rule.arguments().isPresent() && !keys.isEmpty()) {
            faults.add("rego_parse_error", "a function's name must be constant", rule.at(), "");
        }
        node.sources().add(new RuleSource(rule, names, metadata, List.copyOf(keys)));
    }

    private void check(Node node) {
        List<RuleSource> sources = node.sources();
        if (sources.isEmpty()) {
            return;
        }
        RuleSource first = sources.getFirst();
        for (RuleSource source : sources) {
            if (kind(source) != kind(first) || arity(source) != arity(first)) {
                faults.add(
                        "rego_type_error",
                        "conflicting rules " + node.path() + " found",
                        source.rule().at(),
                        "rules of one name are all values, all sets, or all functions with as many"
                                + " arguments");
                return;
            }
        }
        long defaults = sources.stream().filter(source -> source.rule().isDefault()).count();
        if (defaults > 1) {
            faults.add(
                    "rego_type_error",
                    "multiple default rules " + node.path() + " found",
                    first.rule().at(),
                    "keep one of them");
        }
        if (node.isPackage()) {
            faults.add(
                    "rego_type_error",
                    "package " + node.path() + " conflicts with rule",
                    first.rule().at(),
                    "rename one of them");
        }
    }

    private static int kind(RuleSource source) {
        boolean isSet = source.rule().member().isPresent() && source.keys().isEmpty();
        return source.rule().arguments().isPresent() ? 2 : isSet ? 1 : 0;
    }

    private static int arity(RuleSource source) {
        return source.rule().arguments().map(List::size).orElse(-1);
    }

    Node root() {
        return root;
    }

    int size() {
        return nodes;
    }
}
