package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Term;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
            if (!done.contains(node)) {
                check(node, done, faults);
            }
        }
    }

    /// A node on the way, and those that it needs and that were not looked at yet.
    private record Visit(Node node, Iterator<Node> needed) {}

    private void check(Node first, Set<Node> done, Faults faults) {
        Deque<Visit> way = new ArrayDeque<>();
        Set<Node> onWay = new HashSet<>();
        enter(first, way, onWay);
        while (!way.isEmpty()) {
            Visit visit = way.getLast();
            if (!visit.needed().hasNext()) {
                way.removeLast();
                onWay.remove(visit.node());
                done.add(visit.node());
                continue;
            }
            Node needed = visit.needed().next();
            if (onWay.contains(needed)) {
                report(needed, way, faults);
            } else if (!done.contains(needed)) {
                enter(needed, way, onWay);
            }
        }
    }

    private void enter(Node node, Deque<Visit> way, Set<Node> onWay) {
        way.addLast(new Visit(node, needs.getOrDefault(node, Set.of()).iterator()));
        onWay.add(node);
    }

    private static void report(Node node, Deque<Visit> way, Faults faults) {
        List<String> cycle = new ArrayList<>();
        for (Visit visit : way) {
            if (!cycle.isEmpty() || visit.node() == node) {
                cycle.add(visit.node().path());
            }
        }
        cycle.add(node.path());
        faults.add(
                EvaluationFault.RECURSION,
                "rule " + node.path() + " is recursive: " + String.join(" -> ", cycle),
                node.sources().getFirst().rule().at(),
                "rules and functions must not need themselves");
    }
}
