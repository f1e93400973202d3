package dev.sheaf.context.runtime.wire;

import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.sync.Erasure;
import dev.sheaf.context.sync.Member;
import dev.sheaf.context.sync.Proposal;
import dev.sheaf.context.sync.ReplicaState;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// A group's replication state as bytes, on links and on disk. Actors are written as the numbers
/// that the caller gives them.
public final class StateCodec {
    private static final Member.Standing[] STANDINGS = Member.Standing.values();
    private static final int ACTORS_MAX = Short.MAX_VALUE;

    private StateCodec() {}

    public static void write(ByteWriter out, ReplicaState state, IntUnaryOperator actorNumber) {
        writeVector(out, state.applied(), actorNumber);
        writeVector(out, state.cut(), actorNumber);
        writeVector(out, state.stripped(), actorNumber);
        out.varint(state.members().size());
        for (Member member : state.members()) {
            out.varint(actorNumber.applyAsInt(member.actor()));
            out.u8(member.standing().ordinal());
            writeDot(out, member.admission(), actorNumber);
            out.varint(member.end());
        }
        out.varint(state.proposals().size());
        for (Proposal proposal : state.proposals()) {
            writeDot(out, proposal.dot(), actorNumber);
            writeActors(out, proposal.targets(), actorNumber);
            writeActors(out, proposal.declared(), actorNumber);
            out.varint(proposal.acknowledged().size());
            proposal.acknowledged()
                    .forEach((actor, had) -> {
                        out.varint(actorNumber.applyAsInt(actor));
                        writeVector(out, had, actorNumber);
                    });
        }
        out.varint(state.erasures().size());
        for (Erasure erasure : state.erasures()) {
            writeDot(out, erasure.dot(), actorNumber);
            out.string(erasure.type());
            out.string(erasure.documentId());
            out.string(erasure.subject());
        }
    }

    public static ReplicaState read(ByteReader in, IntUnaryOperator actorIndex) {
        VersionVector applied = readVector(in, actorIndex);
        VersionVector cut = readVector(in, actorIndex);
        VersionVector stripped = readVector(in, actorIndex);
        List<Member> members = new ArrayList<>();
        for (int left = in.count("members"); left > 0; left--) {
            int actor = readActor(in, actorIndex);
            int standing = in.varint(STANDINGS.length - 1, "a member's standing");
            members.add(
                    new Member(actor, STANDINGS[standing], readDot(in, actorIndex), in.varint()));
        }
        List<Proposal> proposals = new ArrayList<>();
        for (int left = in.count("proposals"); left > 0; left--) {
            long dot = readDot(in, actorIndex);
            List<Integer> targets = readActors(in, actorIndex);
            List<Integer> declared = readActors(in, actorIndex);
            Map<Integer, VersionVector> acknowledged = new HashMap<>();
            for (int voices = in.count("acknowledgements"); voices > 0; voices--) {
                int actor = readActor(in, actorIndex);
                acknowledged.put(actor, readVector(in, actorIndex));
            }
            proposals.add(new Proposal(dot, targets, declared, acknowledged));
        }
        List<Erasure> erasures = new ArrayList<>();
        for (int left = in.count("erasures"); left > 0; left--) {
            long dot = readDot(in, actorIndex);
            erasures.add(new Erasure(dot, in.string(), in.string(), in.string()));
        }
        return new ReplicaState(applied, cut, stripped, members, proposals, erasures);
    }

    static void writeVector(ByteWriter out, VersionVector vector, IntUnaryOperator actorNumber) {
        int entries = 0;
        for (int actor = 0; actor < vector.width(); actor++) {
            entries += vector.get(actor) > 0 ? 1 : 0;
        }
        out.varint(entries);
        for (int actor = 0; actor < vector.width(); actor++) {
            if (vector.get(actor) > 0) {
                out.varint(actorNumber.applyAsInt(actor));
                out.varint(vector.get(actor));
            }
        }
    }

    static VersionVector readVector(ByteReader in, IntUnaryOperator actorIndex) {
        VersionVector vector = VersionVector.EMPTY;
        for (int left = in.count("entries of a vector"); left > 0; left--) {
            int actor = readActor(in, actorIndex);
            vector = vector.with(actor, sequence(in));
        }
        return vector;
    }

    private static void writeActors(
            ByteWriter out, List<Integer> actors, IntUnaryOperator actorNumber) {
        out.varint(actors.size());
        actors.forEach(actor -> out.varint(actorNumber.applyAsInt(actor)));
    }

    private static List<Integer> readActors(ByteReader in, IntUnaryOperator actorIndex) {
        List<Integer> actors = new ArrayList<>();
        for (int left = in.count("actors"); left > 0; left--) {
            actors.add(readActor(in, actorIndex));
        }
        return actors;
    }

    /// A dot, or none.
    private static void writeDot(ByteWriter out, long dot, IntUnaryOperator actorNumber) {
        out.varint(Dot.sequence(dot));
        if (Dot.sequence(dot) > 0) {
            out.varint(actorNumber.applyAsInt(Dot.actor(dot)));
        }
    }

    private static long readDot(ByteReader in, IntUnaryOperator actorIndex) {
        long sequence = in.varint();
        if (sequence == 0) {
            return 0;
        }
        if (sequence < 0 || sequence > Dot.SEQUENCE_MAX) {
            throw in.fault("has the sequence number " + sequence + ", which cannot be");
        }
        return Dot.of(readActor(in, actorIndex), sequence);
    }

    private static long sequence(ByteReader in) {
        long sequence = in.varint();
        if (sequence < 1 || sequence > Dot.SEQUENCE_MAX) {
            throw in.fault("has the sequence number " + sequence + ", which cannot be");
        }
        return sequence;
    }

    private static int readActor(ByteReader in, IntUnaryOperator actorIndex) {
        return actorIndex.applyAsInt(in.varint(ACTORS_MAX, "an actor's number"));
    }
}
