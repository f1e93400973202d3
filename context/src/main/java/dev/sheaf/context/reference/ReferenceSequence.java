package dev.sheaf.context.reference;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The list of Weidner and Kleppmann's FugueMax (arXiv:2305.00583) as the paper has it: a tree with
/// left and right children, walked in order. Joining two replicas is the union of their nodes,
/// removals and moves. Everything takes time linear in the list, or worse.
///
/// Unlike the paper's, an insert may name any two positions in order, not only neighbours: it is a
/// left child of the right one if that descends from the left one on its right side, else a right
/// child of the left one. For neighbours this is the paper's rule.
public final class ReferenceSequence<V> {
    private static final long ROOT = 0;

    private enum Side {
        LEFT,
        RIGHT
    }

    /// A position. Its place in the tree never changes.
    private record Node(long dot, long parent, Side side, long rightOrigin) {}

    private record Placed(long slot, long hlc) {}

    private final ActorTable actors;
    private final Map<Long, Node> nodes = new HashMap<>();
    private final Map<Long, V> values = new HashMap<>();
    private final Set<Long> removed = new HashSet<>();

    /// By element, the places it was moved to.
    private final Map<Long, Set<Placed>> moves = new HashMap<>();

    public ReferenceSequence(ActorTable actors) {
        this.actors = actors;
    }

    /// Adds one element between two positions; 0 is the beginning or the end.
    public void insert(long dot, long left, long right, V value) {
        addNode(dot, left, right);
        values.putIfAbsent(dot, value);
    }

    /// Adds elements behind each other, as they are when typed from left to right.
    public void insert(long firstDot, long left, long right, List<V> run) {
        long before = left;
        for (int index = 0; index < run.size(); index++) {
            insert(firstDot + index, before, right, run.get(index));
            before = firstDot + index;
        }
    }

    public void delete(long dot) {
        if (values.containsKey(dot)) {
            removed.add(dot);
        }
    }

    public void move(long slot, long element, long left, long right, long hlc) {
        addNode(slot, left, right);
        moves.computeIfAbsent(element, _ -> new HashSet<>()).add(new Placed(slot, hlc));
    }

    /// Takes in what the other replica has.
    public void join(ReferenceSequence<V> other) {
        nodes.putAll(other.nodes);
        values.putAll(other.values);
        removed.addAll(other.removed);
        other.moves.forEach((element, places) ->
                moves.computeIfAbsent(element, _ -> new HashSet<>()).addAll(places));
    }

    private void addNode(long dot, long left, long right) {
        if (nodes.containsKey(dot)) {
            return;
        }
        boolean leftChild = right != ROOT && isInRightSubtree(right, left);
        nodes.put(
                dot,
                leftChild
                        ? new Node(dot, right, Side.LEFT, right)
                        : new Node(dot, left, Side.RIGHT, right));
    }

    private boolean isInRightSubtree(long dot, long ancestor) {
        Node node = nodes.get(dot);
        while (node != null) {
            if (node.side() == Side.RIGHT && node.parent() == ancestor) {
                return true;
            }
            node = nodes.get(node.parent());
        }
        return false;
    }

    /// The positions in order, dead ones included: the tree walked in order.
    public List<Long> positions() {
        Map<Long, List<Node>> leftChildren = new HashMap<>();
        Map<Long, List<Node>> rightChildren = new HashMap<>();
        for (Node node : nodes.values()) {
            Map<Long, List<Node>> children =
                    node.side() == Side.LEFT ? leftChildren : rightChildren;
            children.computeIfAbsent(node.parent(), _ -> new ArrayList<>()).add(node);
        }
        leftChildren.values().forEach(children -> children.sort(byDot()));
        Map<Long, Integer> order = new HashMap<>();
        List<Long> walked = new ArrayList<>();
        // Right siblings are ordered by where their right origins stand, which are outside their
        // own subtree: walking from the end, each right origin is known before it is asked for.
        walkBackwards(ROOT, leftChildren, rightChildren, order, walked);
        Collections.reverse(walked);
        return walked;
    }

    private void walkBackwards(
            long dot,
            Map<Long, List<Node>> leftChildren,
            Map<Long, List<Node>> rightChildren,
            Map<Long, Integer> fromEnd,
            List<Long> walked) {
        List<Node> right = new ArrayList<>(rightChildren.getOrDefault(dot, List.of()));
        right.sort(
                Comparator.<Node>comparingInt(node ->
                                node.rightOrigin() == ROOT
                                        ? -1
                                        : fromEnd.getOrDefault(
                                                node.rightOrigin(), Integer.MAX_VALUE))
                        .thenComparing(byDot()));
        for (Node child : right.reversed()) {
            walkBackwards(child.dot(), leftChildren, rightChildren, fromEnd, walked);
        }
        if (dot != ROOT) {
            fromEnd.put(dot, walked.size());
            walked.add(dot);
        }
        for (Node child : leftChildren.getOrDefault(dot, List.of()).reversed()) {
            walkBackwards(child.dot(), leftChildren, rightChildren, fromEnd, walked);
        }
    }

    private Comparator<Node> byDot() {
        return (left, right) -> {
            int byName = actors.compare(Dot.actor(left.dot()), Dot.actor(right.dot()));
            return byName != 0 ? byName : Long.compare(left.dot(), right.dot());
        };
    }

    /// The visible elements' dots in order.
    public List<Long> dots() {
        Map<Long, Long> shown = new HashMap<>();
        for (Long element : values.keySet()) {
            if (!removed.contains(element)) {
                shown.put(standing(element).orElse(element), element);
            }
        }
        List<Long> dots = new ArrayList<>();
        for (Long position : positions()) {
            Long element = shown.get(position);
            if (element != null) {
                dots.add(element);
            }
        }
        return dots;
    }

    /// The place that stands of a moved element: the last by clock, then by the mover's name.
    private Optional<Long> standing(long element) {
        return moves.getOrDefault(element, Set.of()).stream()
                .max(
                        Comparator.comparingLong(Placed::hlc)
                                .thenComparing((left, right) ->
                                        actors.compare(
                                                Dot.actor(left.slot()), Dot.actor(right.slot())))
                                .thenComparingLong(Placed::slot))
                .map(Placed::slot);
    }

    /// The visible values in order.
    public List<V> values() {
        return dots().stream().map(values::get).toList();
    }
}
