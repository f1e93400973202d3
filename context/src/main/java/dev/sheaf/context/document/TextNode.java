package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.sequence.TextSequence;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.List;
import java.util.function.LongConsumer;

/// A string that is written code point by code point.
final class TextNode extends Container {
    private static final int RUN_BYTES = 72;

    private final TextSequence points;

    TextNode(ActorTable actors) {
        this(new TextSequence(actors));
    }

    TextNode(TextSequence points) {
        this.points = points;
    }

    TextSequence points() {
        return points;
    }

    List<Op.Run> runs() {
        return points.runsAt(0, points.size());
    }

    @Override
    @Nullable Object clear(Merge merge) {
        changed();
        clearPresence(merge);
        for (Op.Run run : merge.seenOf(points.runsHeld())) {
            points.delete(run.firstDot(), run.count(), merge.dot());
        }
        return points.positionCount() == 0 && !isPresent() ? null : this;
    }

    @Override
    boolean exists() {
        return isPresent() || points.size() > 0;
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        return exists() ? StringNode.valueOf(points.text()) : null;
    }

    @Override
    long computeDigest() {
        return Digest.tagged(Digest.TEXT, Digest.string(points.text()));
    }

    @Override
    boolean stripContent(Cuts cuts) {
        points.strip(cuts.stable(), cuts.agreed());
        return points.positionCount() == points.size();
    }

    @Override
    boolean isSuperfluous() {
        return points.positionCount() == 0;
    }

    @Override
    long unseen(Merge merge) {
        long dot = unseenPresence(merge);
        return dot != NONE ? dot : merge.unseenOf(runs());
    }

    @Override
    boolean hasDot(long dot) {
        return hasPresence(dot) || points.isAlive(dot);
    }

    @Override
    void eachDot(LongConsumer sink) {
        eachPresence(sink);
        runs().forEach(run -> sink.accept(run.firstDot() + run.count() - 1));
    }

    @Override
    long weightBytes() {
        return 10L * OBJECT_BYTES + points.size() + (long) points.runCount() * RUN_BYTES;
    }

    @Override
    long metadataBytes() {
        return presenceBytes() + (long) points.runCount() * RUN_BYTES;
    }

    @Override
    Node copy() {
        TextNode copy = new TextNode(points.copy());
        copy.copyPresence(this);
        return copy;
    }
}
