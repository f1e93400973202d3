package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.json.JsonValues;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// A set of JSON values, each with the dots that put it there.
final class SetNode extends Container {
    private static final int MEMBER_BYTES = 96;
    private static final long[] STABLE_DOTS = {Dot.STABLE};

    /// From a value to its dots, at least one. The key holds the notation that is shown.
    private final Map<JsonValues.Key, long[]> members;

    SetNode() {
        members = new HashMap<>();
    }

    private SetNode(SetNode from) {
        members = new HashMap<>(from.members);
        copyPresence(from);
    }

    Map<JsonValues.Key, long[]> members() {
        return members;
    }

    /// Adds a value; of the dots that were there those stay that the writer had not seen.
    void include(JsonNode value, Merge merge) {
        changed();
        JsonValues.Key key = new JsonValues.Key(value);
        long[] before = members.get(key);
        if (before == null) {
            members.put(key, new long[] {merge.dot()});
            return;
        }
        long[] unseen = unseen(before, merge);
        long[] dots = Arrays.copyOf(unseen, unseen.length + 1);
        dots[unseen.length] = merge.dot();
        members.put(key, dots);
    }

    void exclude(JsonNode value, Merge merge) {
        changed();
        JsonValues.Key key = new JsonValues.Key(value);
        long[] before = members.get(key);
        if (before != null) {
            put(key, unseen(before, merge));
        }
    }

    void put(JsonValues.Key key, long[] dots) {
        changed();
        if (dots.length == 0) {
            members.remove(key);
        } else {
            members.put(key, dots.length == 1 && dots[0] == Dot.STABLE ? STABLE_DOTS : dots);
        }
    }

    boolean contains(JsonNode value) {
        return members.containsKey(new JsonValues.Key(value));
    }

    private static long[] unseen(long[] dots, Merge merge) {
        if (dots.length == 1) {
            return merge.saw(dots[0]) ? new long[0] : dots;
        }
        return Arrays.stream(dots).filter(dot -> !merge.saw(dot)).toArray();
    }

    @Override
    @Nullable Object clear(Merge merge) {
        changed();
        clearPresence(merge);
        Iterator<Map.Entry<JsonValues.Key, long[]>> entries = members.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<JsonValues.Key, long[]> entry = entries.next();
            long[] unseen = unseen(entry.getValue(), merge);
            if (unseen.length == 0) {
                entries.remove();
            } else {
                entry.setValue(unseen);
            }
        }
        return exists() ? this : null;
    }

    @Override
    boolean exists() {
        return isPresent() || !members.isEmpty();
    }

    /// In the order of their canonical texts.
    List<JsonNode> values() {
        record Sorted(String text, JsonNode value) {}
        List<Sorted> sorted = new ArrayList<>(members.size());
        for (JsonValues.Key key : members.keySet()) {
            sorted.add(new Sorted(CanonicalText.of(key.value()), key.value()));
        }
        sorted.sort(Comparator.comparing(Sorted::text));
        return sorted.stream().map(Sorted::value).toList();
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        if (!exists()) {
            return null;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode(members.size());
        values().forEach(array::add);
        return array;
    }

    @Override
    long computeDigest() {
        long sum = 0;
        for (JsonValues.Key key : members.keySet()) {
            sum += Digest.mix(Digest.value(key.value()));
        }
        return Digest.tagged(Digest.SET, sum);
    }

    @Override
    boolean stripContent(Cuts cuts) {
        boolean stable = true;
        for (Map.Entry<JsonValues.Key, long[]> entry : members.entrySet()) {
            if (Arrays.stream(entry.getValue()).allMatch(cuts::covers)) {
                entry.setValue(STABLE_DOTS);
            } else {
                stable = false;
            }
        }
        return stable;
    }

    @Override
    boolean isSuperfluous() {
        return members.isEmpty();
    }

    @Override
    long unseen(Merge merge) {
        for (long[] dots : members.values()) {
            long[] unseen = unseen(dots, merge);
            if (unseen.length > 0) {
                return unseen[0];
            }
        }
        return unseenPresence(merge);
    }

    @Override
    boolean hasDot(long dot) {
        return hasPresence(dot)
                || members.values().stream()
                        .anyMatch(dots -> Arrays.stream(dots).anyMatch(each -> each == dot));
    }

    @Override
    void eachDot(LongConsumer sink) {
        eachPresence(sink);
        for (long[] dots : members.values()) {
            for (long dot : dots) {
                sink.accept(dot);
            }
        }
    }

    @Override
    long weightBytes() {
        long bytes = 5L * OBJECT_BYTES;
        for (JsonValues.Key key : members.keySet()) {
            bytes += MEMBER_BYTES + Weight.of(key.value());
        }
        return bytes;
    }

    @Override
    long metadataBytes() {
        long bytes = presenceBytes();
        for (long[] dots : members.values()) {
            bytes += dots == STABLE_DOTS ? 0 : (long) dots.length * Long.BYTES;
        }
        return bytes;
    }

    @Override
    Node copy() {
        return new SetNode(this);
    }
}
