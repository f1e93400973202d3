package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.function.LongConsumer;

/// One value of a register with who wrote it and when. Never changed. A stable one is held as its
/// bare value wherever a place can.
final class Register extends Node {
    final JsonNode value;
    final long dot;
    final long hlc;

    Register(JsonNode value, long dot, long hlc) {
        this.value = value;
        this.dot = dot;
        this.hlc = hlc;
    }

    @Override
    @Nullable Object clear(Merge merge) {
        return merge.saw(dot) ? null : this;
    }

    @Override
    boolean exists() {
        return true;
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        return value == RedactedValue.INSTANCE ? null : value;
    }

    @Override
    long digest() {
        return Digest.register(value);
    }

    @Override
    Object strip(Cuts cuts) {
        return cuts.covers(dot) ? value : this;
    }

    @Override
    long unseen(Merge merge) {
        return merge.saw(dot) ? Container.NONE : dot;
    }

    @Override
    boolean hasDot(long other) {
        return dot == other;
    }

    @Override
    void eachDot(LongConsumer sink) {
        sink.accept(dot);
    }

    @Override
    long weightBytes() {
        return OBJECT_BYTES + STAMP_BYTES + Weight.of(value);
    }

    @Override
    long metadataBytes() {
        return dot == Dot.STABLE ? 0 : STAMP_BYTES;
    }

    @Override
    Node copy() {
        return this;
    }
}
