package dev.sheaf.context.trace;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.sequence.TextSequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Replays a trace with real replicas: each agent's transactions are made on a replica that has
/// exactly what their parents cover, travel as changes with dots, and are merged by the others.
///
/// An agent keeps its replica and is sent what it lacks. Where an agent's history branches, a copy
/// stays at the fork; where it has no replica that fits, the nearest of another's is copied, or,
/// failing that, a new one starts from nothing. At the end another replica takes in all changes in
/// the order of the trace; its text is the result.
///
/// A sequential trace needs one replica only.
public final class TraceReplay {
    private static final int REPLICAS_MAX = 32;

    /// The start's version, that of a replica without any transaction.
    private static final List<Integer> NOTHING = List.of();

    private static final class Replica {
        final TextSequence text;
        final int agent;
        List<Integer> version;
        int usedAt;

        Replica(TextSequence text, int agent, List<Integer> version) {
            this.text = text;
            this.agent = agent;
            this.version = version;
        }
    }

    private final Trace trace;
    private final TransactionGraph graph;
    private final ActorTable actors = new ActorTable();
    private final Map<Integer, Author> authors = new HashMap<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<List<Edit>> edits;

    /// How many of its own agent's transactions are still to be made directly on each.
    private final int[] ownChildren;

    /// What there was before the first transaction.
    private final List<Edit> start = new ArrayList<>();

    private final TextSequence merged;

    private TraceReplay(Trace trace) {
        this.trace = trace;
        this.graph = new TransactionGraph(trace.transactions());
        this.ownChildren = graph.ownChildren();
        this.edits = new ArrayList<>(trace.transactions().size());
        TextSequence first = new TextSequence(actors);
        if (!trace.startContent().isEmpty()) {
            List<Trace.Patch> all = List.of(new Trace.Patch(0, 0, trace.startContent()));
            author(0).edit(0, all, first, start::add);
        }
        this.merged = first;
    }

    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when a position is outside of the text
    public static TraceReplay of(Trace trace) {
        TraceReplay replay = new TraceReplay(trace);
        if (trace.concurrent()) {
            replay.replayConcurrent();
        } else {
            replay.replaySequential();
        }
        return replay;
    }

    /// The text as it is after all transactions.
    public TextSequence sequence() {
        return merged;
    }

    /// The sizes, and whether the text is the expected one. Takes time of its own.
    public TraceResult result() {
        EditWriter writer = new EditWriter();
        start.forEach(writer::write);
        edits.forEach(made -> made.forEach(writer::write));
        return new TraceResult(
                trace.concurrent(),
                trace.transactions().size(),
                trace.patchCount(),
                writer.size(),
                merged.encode(actor -> actor).length,
                merged.size(),
                TraceResult.Difference.between(trace.endContent(), merged.text()));
    }

    private Author author(int agent) {
        return authors.computeIfAbsent(agent, number -> new Author(actors, number));
    }

    private void replaySequential() {
        List<Trace.Transaction> transactions = trace.transactions();
        for (int index = 0; index < transactions.size(); index++) {
            Trace.Transaction transaction = transactions.get(index);
            List<Edit> made = new ArrayList<>(1);
            author(transaction.agent()).edit(index, transaction.patches(), merged, made::add);
            edits.add(made);
        }
    }

    private void replayConcurrent() {
        List<Trace.Transaction> transactions = trace.transactions();
        for (int index = 0; index < transactions.size(); index++) {
            Trace.Transaction transaction = transactions.get(index);
            Replica replica = replicaAt(transaction.agent(), transaction.parents());
            List<Edit> made = new ArrayList<>(1);
            author(transaction.agent()).edit(index, transaction.patches(), replica.text, made::add);
            edits.add(made);
            replica.version = List.of(index);
            replica.usedAt = index;
        }
        edits.forEach(made -> made.forEach(edit -> edit.apply(merged)));
    }

    /// A replica that has exactly what these transactions cover.
    private Replica replicaAt(int agent, List<Integer> parents) {
        Set<Integer> distinct = new LinkedHashSet<>(parents);
        List<Integer> version = List.copyOf(distinct);
        Optional<Replica> own = nearest(version, agent, true);
        Replica replica = own.orElseGet(() -> newReplica(agent, version));
        for (Integer parent : version) {
            ownChildren[parent] -= trace.transactions().get(parent).agent() == agent ? 1 : 0;
        }
        if (replica.version.size() == 1 && ownChildren[replica.version.getFirst()] > 0) {
            keep(new Replica(replica.text.copy(), agent, replica.version));
        }
        List<Integer> missing =
                graph.missing(replica.version, version, Integer.MAX_VALUE).orElseThrow();
        for (Integer index : missing) {
            edits.get(index).forEach(edit -> edit.apply(replica.text));
        }
        replica.version = version;
        return replica;
    }

    private Replica newReplica(int agent, List<Integer> version) {
        Optional<Replica> other = nearest(version, agent, false);
        TextSequence text = new TextSequence(actors);
        start.forEach(edit -> edit.apply(text));
        Replica made =
                other.map(from -> new Replica(from.text.copy(), agent, from.version))
                        .orElseGet(() -> new Replica(text, agent, NOTHING));
        keep(made);
        return made;
    }

    private void keep(Replica replica) {
        if (replicas.size() == REPLICAS_MAX) {
            replicas.remove(oldest());
        }
        replicas.add(replica);
    }

    private Replica oldest() {
        Replica oldest = replicas.getFirst();
        for (Replica replica : replicas) {
            oldest = replica.usedAt < oldest.usedAt ? replica : oldest;
        }
        return oldest;
    }

    /// Of the agent's own replicas, or of the others', the one that lacks the least.
    private Optional<Replica> nearest(List<Integer> version, int agent, boolean own) {
        Optional<Replica> nearest = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (Replica replica : replicas) {
            if ((replica.agent == agent) == own) {
                Optional<List<Integer>> missing =
                        graph.missing(replica.version, version, least - 1);
                if (missing.isPresent()) {
                    nearest = Optional.of(replica);
                    least = missing.get().size();
                }
            }
        }
        return nearest;
    }
}
