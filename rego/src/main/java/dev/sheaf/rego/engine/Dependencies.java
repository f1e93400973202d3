package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which rules need which. None may need itself.
final class Dependencies {
    private final Node root;
    private final Map<Node, Set<Node>> needs = new LinkedHashMap<>();

    Dependencies(Node root) {
        this.root = root;
    }

    /// A renamed term of a rule; what is within it is added by itself.
    void add(Node rule, Term term) {
        Set<Node> needed = needs.computeIfAbsent(rule, each -> new LinkedHashSet<>());
        if (term instanceof Term.Reference(Term.Variable head, List<Term> path, Location at)
                && head.name().equals("data")) {
            collect(path, needed);
        }
    }

    private void collect(List<Term> path, Set<Node> needed) {
        collect(root, path, 0, needed);
    }

    /// A key that only the evaluation knows may be any.
    private static void collect(Node node, List<Term> path, int index, Set<Node> needed) {
        if (node.hasRules()) {
            needed.add(node);
        } else if (index == path.size()) {
            node.forEach(each -> {
                if (each.isDocument()) {
                    needed.add(each);
                }
            });
        } else if (path.get(index) instanceof Term.Scalar(Value key, Location at)) {
            Node child = key instanceof StringValue name ? node.child(name.value()) : null;
            if (child != null) {
                collect(child, path, index + 1, needed);
            }
        } else {
            node.children().values().forEach(child -> collect(child, path, index + 1, needed));
        }
    }

    void check(Faults faults) {
        Set<Node> done = new HashSet<>();
        for (Node node : needs.keySet()) {
            check(node, new ArrayList<>(), done, faults);
        }
    }

    private void check(Node node, List<Node> path, Set<Node> done, Faults faults) {
        int before = path.indexOf(node);
        if (before >= 0) {
            List<Node> cycle = new ArrayList<>(path.subList(before, path.size()));
            cycle.add(node);
            faults.add(
                    EvaluationFault.RECURSION,
                    "rule "
                            + node.path()
                            + " is recursive: "
                            + cycle.stream().map(Node::path).collect(Collectors.joining(" -> ")),
                    node.sources().getFirst().rule().at(),
                    "rules and functions must not need themselves");
            return;
        }
        if (!done.add(node)) {
            return;
        }
        path.add(node);
        for (Node needed : needs.getOrDefault(node, Set.of())) {
            check(needed, path, done, faults);
        }
        path.removeLast();
    }
}
