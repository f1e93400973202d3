package dev.sheaf.context.runtime;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// The erasures of subjects that a group still has to compare events with: until every member has
/// them. For the group's thread.
final class SubjectFences {
    /// @param dot of the erasure
    private record Fence(String type, String subject, long dot) {}

    private final List<Fence> fences = new ArrayList<>();

    void add(String type, String subject, long dot) {
        Fence fence = new Fence(type, subject, dot);
        if (!fences.contains(fence)) {
            fences.add(fence);
        }
    }

    void addAll(SubjectFences others) {
        fences.addAll(others.fences);
    }

    boolean isEmpty() {
        return fences.isEmpty();
    }

    /// The erasure of this subject that the event's writer had not seen, or 0.
    long unseen(Event event, String subject) {
        for (Fence fence : fences) {
            if (fence.type().equals(event.type())
                    && fence.subject().equals(subject)
                    && !event.context().covers(fence.dot())) {
                return fence.dot();
            }
        }
        return 0;
    }

    void strip(VersionVector cut) {
        fences.removeIf(fence -> cut.covers(fence.dot()));
    }

    /// @param actorNumber from the node's actor index to the number that is written
    void write(ByteWriter out, IntUnaryOperator actorNumber) {
        out.varint(fences.size());
        for (Fence fence : fences) {
            out.string(fence.type());
            out.string(fence.subject());
            out.varint(actorNumber.applyAsInt(Dot.actor(fence.dot())));
            out.varint(Dot.sequence(fence.dot()));
        }
    }

    void read(ByteReader in, IntUnaryOperator actorIndex) {
        for (int left = in.count("fences"); left > 0; left--) {
            String type = in.string();
            String subject = in.string();
            int actor = actorIndex.applyAsInt(in.varint(Short.MAX_VALUE, "an actor's number"));
            fences.add(new Fence(type, subject, Dot.of(actor, in.varint())));
        }
    }
}
