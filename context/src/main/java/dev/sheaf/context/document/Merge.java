package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One event on its way into a document: who writes, when, and what they had seen.
final class Merge {
    private final int actor;
    private final long dot;
    private final long hlc;
    private final long lastDot;
    private final VersionVector context;
    private final ActorTable actors;
    private final @Nullable Set<Node> owned;
    private long nextElementDot;
    private List<Lost> lost = List.of();

    /// Something that was written inside a list element and went with it.
    record Lost(Optional<JsonNode> value, long dot) {}

    /// @param owned the nodes that may be changed; where absent all may
    Merge(Event event, ActorTable actors, @Nullable Set<Node> owned) {
        this.actor = event.actor();
        this.dot = event.dot();
        this.hlc = event.hlc();
        this.lastDot = Dot.of(event.actor(), event.lastSequence());
        this.context = event.context();
        this.actors = actors;
        this.owned = owned;
        this.nextElementDot = event.dot();
    }

    long dot() {
        return dot;
    }

    long hlc() {
        return hlc;
    }

    ActorTable actors() {
        return actors;
    }

    /// Whether the writer knew this write. What is here of its own stream came before this event,
    /// or with it.
    boolean saw(long other) {
        return other == Dot.STABLE || Dot.actor(other) == actor || context.covers(other);
    }

    /// How many of the run's elements, from the first on, the writer knew.
    int seenOf(Op.Run run) {
        int writer = Dot.actor(run.firstDot());
        if (writer == actor) {
            return run.count();
        }
        long seen = context.get(writer) - Dot.sequence(run.firstDot()) + 1;
        return (int) Math.clamp(seen, 0, run.count());
    }

    /// The runs of those elements that the writer knew.
    List<Op.Run> seenOf(List<Op.Run> runs) {
        List<Op.Run> seen = new ArrayList<>(runs.size());
        for (Op.Run run : runs) {
            int count = seenOf(run);
            if (count > 0) {
                seen.add(new Op.Run(run.firstDot(), count));
            }
        }
        return seen;
    }

    /// The first element that the writer did not know, or [Container#NONE].
    long unseenOf(List<Op.Run> runs) {
        for (Op.Run run : runs) {
            int count = seenOf(run);
            if (count < run.count()) {
                return run.firstDot() + count;
            }
        }
        return Container.NONE;
    }

    /// A list element goes with what it holds; what the writer did not know of it is lost to the
    /// deletion.
    void lose(@Nullable Object content) {
        long unseen = Places.unseen(content, this);
        if (unseen != Container.NONE) {
            List<Lost> more = new ArrayList<>(lost);
            more.add(
                    new Lost(
                            Optional.ofNullable(Places.show(content, FieldRule.DEFAULT, actors)),
                            unseen));
            lost = more;
        }
    }

    List<Lost> drainLost() {
        List<Lost> drained = lost;
        lost = List.of();
        return drained;
    }

    /// Takes numbers for list elements, in rising order.
    ///
    /// @return whether they are the event's own and not taken yet
    boolean take(long firstDot, int count) {
        boolean fits = firstDot >= nextElementDot && count >= 0 && firstDot - 1 + count <= lastDot;
        if (fits) {
            nextElementDot = firstDot + count;
        }
        return fits;
    }

    /// The node itself or, where it must stay as it is, its copy from now on.
    Node own(Node node) {
        if (owned == null || owned.contains(node)) {
            return node;
        }
        Node copy = node.copy();
        owned.add(copy);
        return copy;
    }

    /// A node that this merge has made.
    <N extends Node> N made(N node) {
        if (owned != null) {
            owned.add(node);
        }
        return node;
    }
}
