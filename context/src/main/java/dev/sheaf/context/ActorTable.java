package dev.sheaf.context;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The small numbers under which one node keeps actors. They mean something on that node only: what
/// leaves it names actors by [ActorId], and all comparisons go through the names.
///
/// Grows, never shrinks. Safe for use by several threads.
public final class ActorTable {
    /// The most actors a node can know; a dot has 15 bits for them.
    public static final int ACTORS_MAX = 1 << 15;

    private final List<ActorId> actors = new CopyOnWriteArrayList<>();
    private final Map<ActorId, Integer> indexes = new ConcurrentHashMap<>();

    /// The number of this actor, made if it is new.
    public int indexOf(ActorId actor) {
        Integer known = indexes.get(actor);
        return known != null ? known : add(actor);
    }

    /// The number of this actor, or -1 when it has none.
    public int find(ActorId actor) {
        return indexes.getOrDefault(actor, -1);
    }

    private synchronized int add(ActorId actor) {
        Integer known = indexes.get(actor);
        if (known != null) {
            return known;
        }
        int index = actors.size();
        if (index == ACTORS_MAX) {
            throw new Problem(
                    ProblemCode.LIMIT_EXCEEDED,
                    actor + " would be one actor more than the " + ACTORS_MAX + " allowed");
        }
        actors.add(actor);
        indexes.put(actor, index);
        return index;
    }

    /// @throws IndexOutOfBoundsException when no actor has this number
    public ActorId actor(int index) {
        return actors.get(index);
    }

    public int size() {
        return actors.size();
    }

    /// By name, not by number.
    public int compare(int left, int right) {
        return left == right ? 0 : actors.get(left).compareTo(actors.get(right));
    }
}
