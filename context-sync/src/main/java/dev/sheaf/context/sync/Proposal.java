package dev.sheaf.context.sync;

import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An eviction that was proposed and is neither decided nor cancelled.
///
/// @param dot of the event that proposed it
/// @param targets the actors to be evicted
/// @param declared those of the targets whose region itself says that they are no more
/// @param acknowledged who agreed, each with what it had then; the proposer is among them
public record Proposal(
        long dot,
        List<Integer> targets,
        List<Integer> declared,
        Map<Integer, VersionVector> acknowledged) {
    public Proposal {
        targets = List.copyOf(targets);
        declared = List.copyOf(declared);
        acknowledged = Map.copyOf(acknowledged);
    }

    int proposer() {
        return Dot.actor(dot);
    }

    /// Whether all that are to go are gone already, as their own regions or operators say.
    boolean isDeclared() {
        return declared.containsAll(targets);
    }

    Proposal with(int actor, VersionVector had) {
        Map<Integer, VersionVector> more = new HashMap<>(acknowledged);
        more.putIfAbsent(actor, had);
        return new Proposal(dot, targets, declared, more);
    }

    /// How far the target's stream is known among those who agreed.
    long end(int target) {
        long end = 0;
        for (VersionVector had : acknowledged.values()) {
            end = Math.max(end, had.get(target));
        }
        return end;
    }
}
