package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What can be reached: in graphs that are objects of vertices with arrays or sets of neighbours,
/// and inside values.
final class GraphBuiltins {
    private static final String SIGNATURE = "object, array|set -> set";

    /// Values nested deeper are not walked through.
    private static final int DEPTH_MAX = 2_000;

    private GraphBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("graph.reachable", SIGNATURE, GraphBuiltins::reachable),
                Builtin.of("graph.reachable_paths", SIGNATURE, GraphBuiltins::reachablePaths),
                Builtin.relation("walk", "any -> array", GraphBuiltins::walked));
    }

    private static List<Value> vertices(Value value) {
        if (value instanceof ArrayValue array) {
            return array.items();
        }
        return value instanceof SetValue set ? set.items() : List.of();
    }

    /// Vertices that the graph does not have are not reached.
    private static Value reachable(Value[] arguments, Surroundings world) {
        ObjectValue graph = Operands.object(arguments, 0);
        Deque<Value> open = new ArrayDeque<>(Operands.items(arguments, 1));
        SetValue.Builder reached = new SetValue.Builder();
        while (!open.isEmpty()) {
            Value vertex = open.remove();
            Value edges = graph.get(vertex);
            if (edges != null && !reached.has(vertex)) {
                reached.add(vertex);
                List<Value> neighbours = vertices(edges);
                world.work(1L + neighbours.size());
                open.addAll(neighbours);
            }
        }
        return reached.build();
    }

    /// Paths to where it does not go on: to vertices without edges, before vertices that the graph
    /// does not have, and before vertices that were passed on the way from the same neighbour of
    /// the start. So not each path is found, but as many as OPA finds, in polynomial time.
    private static Value reachablePaths(Value[] arguments, Surroundings world) {
        ObjectValue graph = Operands.object(arguments, 0);
        SetValue.Builder paths = new SetValue.Builder();
        for (Value root : Operands.items(arguments, 1)) {
            Value edges = graph.get(root);
            if (edges != null) {
                List<Value> neighbours = vertices(edges);
                if (neighbours.isEmpty()) {
                    paths.add(ArrayValue.of(root));
                }
                for (Value neighbour : neighbours) {
                    Set<Value> passed = new HashSet<>(Set.of(root));
                    List<Value> path = new ArrayList<>(List.of(root));
                    new Paths(graph, paths, path, passed, world).through(neighbour);
                }
            }
        }
        return paths.build();
    }

    /// Depth first.
    private record Paths(
            ObjectValue graph,
            SetValue.Builder found,
            List<Value> path,
            Set<Value> passed,
            Surroundings world) {
        void through(Value vertex) {
            world.work(1L + path.size());
            Value edges = graph.get(vertex);
            if (edges == null) {
                found.add(ArrayValue.of(path));
                return;
            }
            if (path.size() >= DEPTH_MAX) {
                throw BuiltinFault.of("paths of more than %d vertices", DEPTH_MAX);
            }
            path.add(vertex);
            List<Value> neighbours = vertices(edges);
            if (neighbours.isEmpty()) {
                found.add(ArrayValue.of(path));
            }
            for (Value neighbour : neighbours) {
                if (passed.contains(neighbour)) {
                    found.add(ArrayValue.of(path));
                } else {
                    passed.add(vertex);
                    through(neighbour);
                }
            }
            path.removeLast();
        }
    }

    /// All values in a value with their paths, the value itself first, in order.
    private static Value walked(Value[] arguments, Surroundings world) {
        List<Value> results = new ArrayList<>();
        walk(arguments[0], new ArrayList<>(), results, world);
        return ArrayValue.of(results);
    }

    private static void walk(
            Value value, List<Value> path, List<Value> results, Surroundings world) {
        world.work(1L + path.size());
        if (path.size() >= DEPTH_MAX) {
            throw BuiltinFault.of("the value is nested deeper than %d levels", DEPTH_MAX);
        }
        results.add(ArrayValue.of(ArrayValue.of(path), value));
        if (value instanceof ArrayValue array) {
            for (int i = 0; i < array.size(); i++) {
                walkChild(NumberValue.of(i), array.get(i), path, results, world);
            }
        } else if (value instanceof ObjectValue object) {
            object.forEach((key, child) -> walkChild(key, child, path, results, world));
        } else if (value instanceof SetValue set) {
            set.items().forEach(member -> walkChild(member, member, path, results, world));
        }
    }

    private static void walkChild(
            Value key, Value child, List<Value> path, List<Value> results, Surroundings world) {
        path.add(key);
        walk(child, path, results, world);
        path.removeLast();
    }
}
