package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.Collectors;

/// Events in words, for people and for measuring.
final class EventText {
    /// The JSON form around the operations: names, punctuation, timestamp, kind, lane.
    private static final int ENVELOPE_BYTES = 236;

    private static final int OPERATION_BYTES = 34;

    private EventText() {}

    /// About how long the event is in the JSON form of `spec/context.md` section 2.
    static long jsonBytes(Event event) {
        long bytes =
                ENVELOPE_BYTES
                        + event.eventId().length()
                        + 2L * event.documentId().length()
                        + event.schemaVersion().length();
        for (Op op : event.ops()) {
            bytes += OPERATION_BYTES + path(op.path()).length() + valueBytes(op);
        }
        return bytes;
    }

    private static long valueBytes(Op op) {
        return switch (op) {
            case Op.Assign assign -> assign.value().toString().length();
            case Op.Increment increment -> increment.amount().toPlainString().length();
            case Op.Include include -> length(include.values());
            case Op.Exclude exclude -> length(exclude.values());
            case Op.Insert insert -> length(insert.values());
            case Op.Remove remove -> 0;
            case Op.Delete delete -> 0;
            case Op.Move move -> 0;
            case Op.Erase erase -> 0;
            case Op.EraseSubject erase -> erase.subject().length();
        };
    }

    private static long length(List<JsonNode> values) {
        return values.stream().mapToLong(value -> value.toString().length()).sum();
    }

    /// As a JSON pointer; an element of a list is a `-`, as its index is not known here.
    static String path(List<Step> path) {
        StringBuilder text = new StringBuilder();
        for (Step step : path) {
            text.append('/');
            switch (step) {
                case Step.Key key -> text.append(key.name().replace("~", "~0").replace("/", "~1"));
                case Step.Element element -> text.append('-');
            }
        }
        return text.toString();
    }

    /// An operation in a line.
    static String operation(Op op, ActorTable actors) {
        String at = op.path().isEmpty() ? "the document" : path(op.path());
        return switch (op) {
            case Op.Assign assign -> "assign " + at + " " + assign.value();
            case Op.Remove remove -> "remove " + at;
            case Op.Increment increment ->
                    "increment " + at + " " + increment.amount().toPlainString();
            case Op.Include include -> "include " + at + " " + include.values();
            case Op.Exclude exclude -> "exclude " + at + " " + exclude.values();
            case Op.Insert insert ->
                    "insert "
                            + at
                            + " after "
                            + (insert.leftOrigin() == Dot.STABLE
                                    ? "the beginning"
                                    : Dot.text(insert.leftOrigin(), actors))
                            + " "
                            + insert.values();
            case Op.Delete delete ->
                    "delete "
                            + at
                            + " "
                            + delete.runs().stream().mapToInt(Op.Run::count).sum()
                            + " elements";
            case Op.Move move -> "move " + at + " " + Dot.text(move.element(), actors);
            case Op.Erase erase -> "erase the document";
            case Op.EraseSubject erase -> "erase a subject";
        };
    }

    /// `region#epoch:sequence`, sorted by name.
    static String vector(VersionVector vector, ActorTable actors) {
        return java.util.stream.IntStream.range(0, vector.width())
                .filter(actor -> vector.get(actor) > 0)
                .mapToObj(actor -> actors.actor(actor) + ":" + vector.get(actor))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
