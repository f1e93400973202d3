package dev.sheaf.context.patch;

import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.ElementCount;
import dev.sheaf.context.document.Place;
import dev.sheaf.context.document.Shape;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.sequence.Origins;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes operations on places as they are, and hands out the numbers of the list elements in them.
final class Operations {
    private final long firstDot;
    private final List<Op> made = new ArrayList<>();
    private long nextDot;

    Operations(int actor, long sequence) {
        firstDot = Dot.of(actor, sequence);
        nextDot = firstDot;
    }

    List<Op> made() {
        return made;
    }

    /// How many numbers the operations take, at least 1.
    int width() {
        return Math.max(1, (int) (nextDot - firstDot));
    }

    private long take(int count) {
        long first = nextDot;
        nextDot += count;
        return first;
    }

    /// Replaces what is at the place.
    void assign(Place place, JsonNode value, Refusal refusal) {
        guard(place, refusal);
        checkKind(place, value, refusal);
        boolean text =
                ElementCount.kind(place.rule(), value) == FieldKind.TEXT
                        && place.shape() == Shape.TEXT;
        if (text) {
            retype(place, value.stringValue());
        } else {
            assign(place.path(), value, ElementCount.of(place.rule(), value));
        }
    }

    private void assign(List<Step> path, JsonNode value, int count) {
        made.add(new Op.Assign(path, value, take(count)));
    }

    /// A field that is written once, or may not be seen, is not written.
    void guard(Place place, Refusal refusal) {
        if (place.rule().kind() == FieldKind.IMMUTABLE && place.exists()) {
            throw refusal.immutable();
        }
        if (place.shape() == Shape.REDACTED || place.exists() && place.isPartlyRedacted()) {
            throw refusal.forbidden();
        }
    }

    /// What may not be seen cannot be copied either.
    void guardRead(Place place, Refusal refusal) {
        if (place.shape() == Shape.REDACTED || place.isPartlyRedacted()) {
            throw refusal.forbidden();
        }
    }

    private static void checkKind(Place place, JsonNode value, Refusal refusal) {
        FieldKind declared = place.rule().kind();
        boolean fits =
                switch (declared) {
                    case STRUCTURE, REGISTER, IMMUTABLE -> true;
                    case LIST, CONVERSATION, SET -> value.isArray();
                    case TEXT -> value.isString();
                    case COUNTER -> value.isNumber() && JsonValues.isFinite(value);
                };
        if (!fits) {
            String allowed =
                    switch (declared) {
                        case COUNTER -> "a number";
                        case TEXT -> "a string";
                        case LIST, CONVERSATION, SET, STRUCTURE, REGISTER, IMMUTABLE -> "an array";
                    };
            throw refusal.invalid(
                    "puts "
                            + JsonValues.shown(value)
                            + " where the type declares "
                            + declared.name().toLowerCase(java.util.Locale.ROOT)
                            + "; write "
                            + allowed);
        }
    }

    void remove(Place place, Refusal refusal) {
        guard(place, refusal);
        made.add(new Op.Remove(place.path()));
    }

    /// Takes elements out of a list or text.
    void delete(Place list, int index, int count) {
        if (count > 0) {
            made.add(new Op.Delete(list.path(), list.runsAt(index, count)));
        }
    }

    /// Puts elements into a list. A turn whose idempotency key is there already is left out.
    void insert(Place list, int index, List<JsonNode> values) {
        List<JsonNode> added = new ArrayList<>(values.size());
        int inner = 0;
        for (JsonNode value : values) {
            if (list.rule().kind() != FieldKind.CONVERSATION || !isKnownTurn(list, value)) {
                added.add(value);
                inner += ElementCount.of(list.rule().element(), value);
            }
        }
        if (!added.isEmpty()) {
            Origins origins = list.originsAt(index);
            long first = take(added.size() + inner);
            made.add(new Op.Insert(list.path(), first, origins.left(), origins.right(), added));
        }
    }

    private static boolean isKnownTurn(Place conversation, JsonNode turn) {
        Optional<String> key = Place.turnKey(turn);
        return key.isPresent() && conversation.hasTurn(key.get());
    }

    /// Puts text into a text.
    void type(Place text, int index, String added) {
        if (!added.isEmpty()) {
            Origins origins = text.originsAt(index);
            long first = take(added.codePointCount(0, added.length()));
            made.add(
                    new Op.Insert(
                            text.path(),
                            first,
                            origins.left(),
                            origins.right(),
                            List.of(StringNode.valueOf(added))));
        }
    }

    /// Makes a text another one by what lies between their common beginning and end.
    void retype(Place text, String after) {
        int[] old = text.shown().map(JsonNode::stringValue).orElse("").codePoints().toArray();
        int[] now = after.codePoints().toArray();
        int shorter = Math.min(old.length, now.length);
        int start = 0;
        while (start < shorter && old[start] == now[start]) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && old[old.length - 1 - end] == now[now.length - 1 - end]) {
            end++;
        }
        delete(text, start, old.length - start - end);
        type(text, start, new String(now, start, now.length - start - end));
    }

    void include(Place set, List<JsonNode> values) {
        List<JsonNode> added = values.stream().filter(value -> !set.setContains(value)).toList();
        if (!added.isEmpty()) {
            made.add(new Op.Include(set.path(), added));
        }
    }

    void exclude(Place set, List<JsonNode> values) {
        if (!values.isEmpty()) {
            made.add(new Op.Exclude(set.path(), values));
        }
    }

    void increment(Place counter, JsonNode amount) {
        made.add(new Op.Increment(counter.path(), amount.decimalValue()));
    }

    /// Moves an element inside its list, as if it were taken out and then put in.
    void move(Place list, int from, int to) {
        if (from != to) {
            Origins origins = list.originsAt(to > from ? to + 1 : to);
            long slot = take(1);
            made.add(
                    new Op.Move(
                            list.path(), slot, list.dotAt(from), origins.left(), origins.right()));
        }
    }
}
