package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// A place that holds several kinds of content at once, because regions wrote differently at the
/// same time, or because a list that was removed there still remembers its deleted elements.
final class Mixed extends Node {
    /// Stands for a place that holds no more than one kind; never changed.
    static final Mixed NOTHING = new Mixed();

    @Nullable MapNode map;
    @Nullable ListNode list;
    @Nullable SetNode set;
    @Nullable TextNode text;
    @Nullable CounterNode counter;
    @Nullable Object values;

    static Mixed of(Object content) {
        return content instanceof Mixed mixed ? mixed : new Mixed().put(content);
    }

    Mixed put(Object part) {
        switch (part) {
            case MapNode node -> map = node;
            case ListNode node -> list = node;
            case SetNode node -> set = node;
            case TextNode node -> text = node;
            case CounterNode node -> counter = node;
            case Mixed mixed -> throw new IllegalArgumentException("mixed in mixed");
            case Object value -> values = value;
        }
        return this;
    }

    /// What it holds, in the order of preference.
    List<Object> parts() {
        List<Object> parts = new ArrayList<>();
        for (Object part : new @Nullable Object[] {map, list, set, text, counter, values}) {
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// The parts of any content.
    static List<Object> partsOf(@Nullable Object content) {
        return switch (content) {
            case null -> List.of();
            case Mixed mixed -> mixed.parts();
            case Object single -> List.of(single);
        };
    }

    /// Those parts that exist, in the order of preference.
    List<Object> existing() {
        return parts().stream().filter(Places::exists).toList();
    }

    /// The content of a place that holds these parts, at most one of each kind.
    static @Nullable Object ofParts(List<Object> parts) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? null : parts.getFirst();
        }
        Mixed mixed = new Mixed();
        parts.forEach(mixed::put);
        return mixed;
    }

    @Override
    @Nullable Object clear(Merge merge) {
        List<Object> left = new ArrayList<>();
        for (Object part : parts()) {
            Object rest = Places.clear(part, merge);
            if (rest != null) {
                left.add(rest);
            }
        }
        return ofParts(left);
    }

    @Override
    boolean exists() {
        return parts().stream().anyMatch(Places::exists);
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        for (Object part : existing()) {
            JsonNode shown = Places.show(part, rule, actors);
            if (shown != null) {
                return shown;
            }
        }
        return null;
    }

    @Override
    long digest() {
        List<Object> existing = existing();
        long sum = 0;
        for (Object part : existing) {
            sum += existing.size() == 1 ? Places.digest(part) : Digest.mix(Places.digest(part));
        }
        return sum;
    }

    @Override
    @Nullable Object strip(Cuts cuts) {
        List<Object> left = new ArrayList<>();
        for (Object part : parts()) {
            Object rest = Places.strip(part, cuts);
            if (rest != null) {
                left.add(rest);
            }
        }
        return ofParts(left);
    }

    @Override
    long unseen(Merge merge) {
        for (Object part : parts()) {
            long dot = Places.unseen(part, merge);
            if (dot != Container.NONE) {
                return dot;
            }
        }
        return Container.NONE;
    }

    @Override
    boolean hasDot(long dot) {
        return parts().stream().anyMatch(part -> Places.hasDot(part, dot));
    }

    @Override
    void eachDot(LongConsumer sink) {
        for (Object part : parts()) {
            if (part instanceof Node node) {
                node.eachDot(sink);
            } else {
                sink.accept(Dot.STABLE);
            }
        }
    }

    @Override
    long weightBytes() {
        long bytes = 3L * OBJECT_BYTES;
        for (Object part : parts()) {
            bytes += Places.weightBytes(part);
        }
        return bytes;
    }

    @Override
    long metadataBytes() {
        long bytes = 0;
        for (Object part : parts()) {
            bytes += Places.metadataBytes(part);
        }
        return bytes;
    }

    @Override
    Node copy() {
        Mixed copy = new Mixed();
        parts().forEach(copy::put);
        return copy;
    }
}
