package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.Conflict.Version;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Words conflicts. Off the hot path.
final class Reporter {
    private final Document document;
    private final ActorTable actors;
    private final ConflictSink sink;

    Reporter(Document document, ActorTable actors, ConflictSink sink) {
        this.document = document;
        this.actors = actors;
        this.sink = sink;
    }

    void report(
            ConflictKind kind,
            List<Step> path,
            FieldRule rule,
            List<Version> versions,
            @Nullable Object content) {
        JsonNode shown = Places.isValues(content) ? Places.show(content, rule, actors) : null;
        List<Version> sorted = new ArrayList<>(versions);
        sorted.sort(this::compare);
        sink.accept(
                new Conflict(
                        kind,
                        List.copyOf(path),
                        document.pointer(path),
                        rule.resolver(),
                        sorted,
                        Optional.ofNullable(shown)));
    }

    private int compare(Version left, Version right) {
        boolean stable = left.dot() == Dot.STABLE || right.dot() == Dot.STABLE;
        int byActor =
                stable
                        ? Boolean.compare(left.dot() != Dot.STABLE, right.dot() != Dot.STABLE)
                        : actors.compare(Dot.actor(left.dot()), Dot.actor(right.dot()));
        return byActor != 0
                ? byActor
                : Comparator.comparingLong((Version version) -> Dot.sequence(version.dot()))
                        .compare(left, right);
    }

    static Version version(Register register) {
        return new Version(visible(register.value), register.dot, register.hlc);
    }

    static Optional<JsonNode> visible(JsonNode value) {
        return value == RedactedValue.INSTANCE ? Optional.empty() : Optional.of(value);
    }

    /// Of an array or text its length, else the value.
    static Optional<JsonNode> brief(@Nullable JsonNode value, boolean text) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.isArray()) {
            return length(value.size());
        }
        return text && value.isString()
                ? length(ElementCount.points(value.stringValue()))
                : Optional.of(value);
    }

    static Optional<JsonNode> length(int length) {
        return Optional.of(JsonNodeFactory.instance.numberNode(length));
    }
}
