package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.sequence.ValueSequence;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/// A list or a conversation: a sequence of places.
final class ListNode extends Container {
    /// The member of a turn that names it, so that the same turn sent twice counts once.
    static final String IDEMPOTENCY_KEY = "idempotencyKey";

    private static final int ELEMENT_BYTES = 8;

    private final ValueSequence<Object> elements;
    private @Nullable Map<String, Long> turns;

    /// How many elements from the beginning are in the hash.
    private int digestedElements;

    private long digestedHash;
    private boolean repeated;

    ListNode(ActorTable actors) {
        this(new ValueSequence<>(actors));
    }

    ListNode(ValueSequence<Object> elements) {
        this.elements = elements;
    }

    ValueSequence<Object> elements() {
        return elements;
    }

    /// What an element holds, or null when it is not in the list.
    @Nullable Object get(long dot) {
        return elements.get(dot).orElse(null);
    }

    void set(long dot, Object content) {
        changed();
        if (turns != null && !keyOf(content).equals(keyOf(get(dot)))) {
            turns = null;
        }
        elements.replace(dot, content);
    }

    /// The dot of the turn with this key that is in the list, 0 where there is none.
    long turn(String key) {
        long dot = turns().getOrDefault(key, 0L);
        return dot != 0 && elements.isAlive(dot) ? dot : 0;
    }

    private Map<String, Long> turns() {
        Map<String, Long> known = turns;
        if (known == null) {
            Map<String, Long> found = new HashMap<>();
            boolean[] repeats = {false};
            elements.forEach((dot, content) ->
                    keyOf(content)
                            .ifPresent(key -> repeats[0] |= found.putIfAbsent(key, dot) != null));
            repeated = repeats[0];
            turns = found;
            known = found;
        }
        return known;
    }

    /// Whether turns may be hidden because they repeat the key of another.
    boolean hasRepeatedTurns() {
        turns();
        return repeated;
    }

    /// Remembers the key of a turn that was added.
    void addTurn(String key, long dot) {
        if (turns != null) {
            repeated |= turns.put(key, dot) != null;
        }
    }

    /// Turns came or went in bulk.
    void forgetTurns() {
        turns = null;
    }

    /// The idempotency key of an element's content.
    static Optional<String> keyOf(@Nullable Object content) {
        MapNode map = Places.map(content);
        if (map != null) {
            int slot = map.find(IDEMPOTENCY_KEY);
            return slot >= 0 && map.raw(slot) instanceof JsonNode key
                    ? textOf(key)
                    : Optional.empty();
        }
        for (Register register : Places.registers(content)) {
            JsonNode key = register.value.get(IDEMPOTENCY_KEY);
            if (key != null) {
                return textOf(key);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> textOf(JsonNode key) {
        return key.isString() ? Optional.of(key.stringValue()) : Optional.empty();
    }

    List<Op.Run> runs() {
        return elements.runsAt(0, elements.size());
    }

    @Override
    @Nullable Object clear(Merge merge) {
        changed();
        clearPresence(merge);
        for (Op.Run run : merge.seenOf(runs())) {
            for (int offset = 0; offset < run.count(); offset++) {
                merge.lose(get(run.firstDot() + offset));
            }
        }
        for (Op.Run run : merge.seenOf(elements.runsHeld())) {
            elements.delete(run.firstDot(), run.count(), merge.dot());
        }
        return elements.positionCount() == 0 && !isPresent() ? null : this;
    }

    @Override
    boolean exists() {
        return isPresent() || elements.size() > 0;
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        if (!exists()) {
            return null;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
        Shown shown = new Shown(rule);
        elements.forEach((_, content) -> {
            JsonNode value = shown.of(content, actors);
            if (value != null) {
                array.add(value);
            }
        });
        return array;
    }

    /// Which elements are shown: not those that are redacted, nor turns that repeat a key.
    static final class Shown {
        private final FieldRule rule;
        private final boolean turns;
        private final Set<String> keys = new HashSet<>();

        Shown(FieldRule list) {
            rule = list.element();
            turns = list.kind() == FieldKind.CONVERSATION;
        }

        @Nullable JsonNode of(Object content, ActorTable actors) {
            if (turns) {
                Optional<String> key = keyOf(content);
                if (key.isPresent() && !keys.add(key.get())) {
                    return null;
                }
            }
            return Places.show(content, rule, actors);
        }
    }

    @Override
    long computeDigest() {
        if (digestedElements == 0) {
            digestedHash = Digest.start();
            elements.forEach((_, content) ->
                    digestedHash = Digest.then(digestedHash, Places.digest(content)));
        } else {
            for (int index = digestedElements; index < elements.size(); index++) {
                Object content = elements.valueAt(index);
                digestedHash = Digest.then(digestedHash, Places.digest(content));
            }
        }
        digestedElements = elements.size();
        return Digest.tagged(Digest.LIST, digestedHash);
    }

    @Override
    void rewritten() {
        digestedElements = 0;
    }

    /// Elements were added where their writer saw the end; a list that only grows is not digested
    /// from its beginning again.
    void added(int sizeBefore, long lastDot, int count) {
        boolean behindAll =
                elements.size() == sizeBefore + count
                        && elements.runsAt(elements.size() - 1, 1).getFirst().firstDot() == lastDot;
        if (!behindAll) {
            changed();
        }
    }

    @Override
    boolean stripContent(Cuts cuts) {
        elements.strip(cuts.stable(), cuts.agreed());
        boolean[] stable = {elements.positionCount() == elements.size()};
        elements.forEach((dot, content) -> {
            if (content instanceof Node node) {
                Object stripped = node.strip(cuts);
                stable[0] &= stripped != null && isStable(stripped);
                if (stripped != content && stripped != null) {
                    elements.replace(dot, stripped);
                }
            }
        });
        return stable[0];
    }

    @Override
    boolean isSuperfluous() {
        return elements.positionCount() == 0;
    }

    @Override
    long unseen(Merge merge) {
        long dot = unseenPresence(merge);
        return dot != NONE ? dot : merge.unseenOf(runs());
    }

    @Override
    boolean hasDot(long dot) {
        if (hasPresence(dot)) {
            return true;
        }
        for (Object content : elements.values()) {
            if (Places.hasDot(content, dot)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void eachDot(LongConsumer sink) {
        eachPresence(sink);
        elements.forEach((dot, content) -> {
            sink.accept(dot);
            if (content instanceof Node node) {
                node.eachDot(sink);
            }
        });
    }

    @Override
    long weightBytes() {
        long[] bytes = {10L * OBJECT_BYTES + elements.orderBytes()};
        elements.forEach((_, content) -> bytes[0] += ELEMENT_BYTES + Places.weightBytes(content));
        return bytes[0];
    }

    @Override
    long metadataBytes() {
        long[] bytes = {presenceBytes() + elements.orderBytes()};
        elements.forEach((_, content) -> bytes[0] += Places.metadataBytes(content));
        return bytes[0];
    }

    @Override
    Node copy() {
        ListNode copy = new ListNode(elements.copy());
        copy.copyPresence(this);
        return copy;
    }
}
