package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// An object: its members in the order in which they came, in parallel arrays. A register's dot and
/// clock reading stand in arrays of their own, which are absent while nothing in them is live.
/// Members that are gone keep their slot until [#strip].
final class MapNode extends Container {
    private static final int SLOTS_FIRST = 4;
    private static final int SCANNED_MAX = 8;
    private static final int REFERENCE_BYTES = 4;

    private String[] keys;
    private @Nullable Object[] values;
    private long @Nullable [] dots;
    private long @Nullable [] hlcs;
    private int @Nullable [] index;
    private int used;

    MapNode() {
        this(SLOTS_FIRST);
    }

    MapNode(int slots) {
        keys = new String[Math.max(1, slots)];
        values = new Object[keys.length];
    }

    private MapNode(MapNode from) {
        keys = from.keys.clone();
        values = from.values.clone();
        dots = from.dots == null ? null : from.dots.clone();
        hlcs = from.hlcs == null ? null : from.hlcs.clone();
        index = from.index == null ? null : from.index.clone();
        used = from.used;
        copyPresence(from);
    }

    /// Slots in use, some of them perhaps empty.
    int used() {
        return used;
    }

    String key(int slot) {
        return keys[slot];
    }

    /// The slot of a key, or -1.
    int find(String key) {
        if (index != null) {
            return findByIndex(index, key);
        }
        // Keys are often the very same strings; then no other memory is touched.
        for (int slot = 0; slot < used; slot++) {
            if (keys[slot] == key) {
                return slot;
            }
        }
        for (int slot = 0; slot < used; slot++) {
            if (same(keys[slot], key)) {
                return slot;
            }
        }
        return -1;
    }

    private static boolean same(String left, String right) {
        return left == right || left.hashCode() == right.hashCode() && left.equals(right);
    }

    private int findByIndex(int[] table, String key) {
        int mask = table.length - 1;
        for (int at = spread(key) & mask; table[at] != 0; at = at + 1 & mask) {
            int slot = table[at] - 1;
            if (same(keys[slot], key)) {
                return slot;
            }
        }
        return -1;
    }

    private static int spread(String key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    int findOrAdd(String key) {
        int slot = find(key);
        return slot >= 0 ? slot : add(key);
    }

    private int add(String key) {
        if (used == keys.length) {
            int length = Math.max(SLOTS_FIRST, used + (used >> 1));
            keys = Arrays.copyOf(keys, length);
            values = Arrays.copyOf(values, length);
            dots = dots == null ? null : Arrays.copyOf(dots, length);
            hlcs = hlcs == null ? null : Arrays.copyOf(hlcs, length);
        }
        keys[used] = key;
        values[used] = null;
        used++;
        if (used > SCANNED_MAX) {
            register(used - 1);
        }
        return used - 1;
    }

    private void register(int slot) {
        int[] table = index;
        if (table == null || used * 2 > table.length) {
            table = new int[Integer.highestOneBit(used * 4 - 1)];
            index = table;
            for (int each = 0; each < used; each++) {
                place(table, each);
            }
        } else {
            place(table, slot);
        }
    }

    private void place(int[] table, int slot) {
        int mask = table.length - 1;
        int at = spread(keys[slot]) & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = slot + 1;
    }

    /// What the slot holds, a register without its stamp: see [#dot(int)].
    @Nullable Object raw(int slot) {
        return values[slot];
    }

    /// Of a register in this slot.
    long dot(int slot) {
        return dots == null ? Dot.STABLE : dots[slot];
    }

    long hlc(int slot) {
        return hlcs == null ? 0 : hlcs[slot];
    }

    @Nullable Object get(int slot) {
        Object value = values[slot];
        return value instanceof JsonNode json && dot(slot) != Dot.STABLE
                ? new Register(json, dot(slot), hlc(slot))
                : value;
    }

    void set(int slot, @Nullable Object content) {
        if (content instanceof Register register) {
            setRegister(slot, register.value, register.dot, register.hlc);
        } else {
            values[slot] = content;
            if (dots != null && hlcs != null) {
                dots[slot] = Dot.STABLE;
                hlcs[slot] = 0;
            }
        }
    }

    void setRegister(int slot, JsonNode value, long dot, long hlc) {
        values[slot] = value;
        if (dot != Dot.STABLE && dots == null) {
            dots = new long[keys.length];
            hlcs = new long[keys.length];
        }
        if (dots != null && hlcs != null) {
            dots[slot] = dot;
            hlcs[slot] = hlc;
        }
    }

    @Override
    @Nullable Object clear(Merge merge) {
        changed();
        clearPresence(merge);
        boolean empty = true;
        for (int slot = 0; slot < used; slot++) {
            Object value = values[slot];
            if (value instanceof JsonNode) {
                if (merge.saw(dot(slot))) {
                    set(slot, null);
                }
            } else if (value instanceof Node node) {
                set(slot, merge.own(node).clear(merge));
            }
            empty &= values[slot] == null;
        }
        return empty && !isPresent() ? null : this;
    }

    @Override
    boolean exists() {
        if (isPresent()) {
            return true;
        }
        for (int slot = 0; slot < used; slot++) {
            if (Places.exists(values[slot])) {
                return true;
            }
        }
        return false;
    }

    @Override
    @Nullable JsonNode show(FieldRule rule, ActorTable actors) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean exists = isPresent();
        for (int slot = 0; slot < used; slot++) {
            Object value = values[slot];
            JsonNode shown = Places.show(value, rule.member(keys[slot]), actors);
            if (shown != null) {
                object.set(keys[slot], shown);
            }
            exists |= shown != null || Places.exists(value);
        }
        return exists ? object : null;
    }

    @Override
    long computeDigest() {
        long sum = 0;
        for (int slot = 0; slot < used; slot++) {
            Object value = values[slot];
            if (Places.exists(value)) {
                sum += Digest.member(Digest.string(keys[slot]), Places.digest(value));
            }
        }
        return Digest.tagged(Digest.MAP, sum);
    }

    @Override
    boolean stripContent(Cuts cuts) {
        boolean live = false;
        boolean stable = true;
        int kept = 0;
        for (int slot = 0; slot < used; slot++) {
            Object content = Places.strip(get(slot), cuts);
            if (content != null) {
                keys[kept] = keys[slot];
                set(kept, content);
                live |= content instanceof Register;
                stable &= isStable(content);
                kept++;
            }
        }
        if (kept < used) {
            Arrays.fill(values, kept, used, null);
            used = kept;
            trim();
        }
        if (!live) {
            dots = null;
            hlcs = null;
        }
        return stable;
    }

    @Override
    boolean isSuperfluous() {
        return used == 0;
    }

    private void trim() {
        int length = Math.max(1, used);
        keys = Arrays.copyOf(keys, length);
        values = Arrays.copyOf(values, length);
        dots = dots == null ? null : Arrays.copyOf(dots, length);
        hlcs = hlcs == null ? null : Arrays.copyOf(hlcs, length);
        index = null;
        if (used > SCANNED_MAX) {
            register(used - 1);
        }
    }

    @Override
    long unseen(Merge merge) {
        for (int slot = 0; slot < used; slot++) {
            Object value = values[slot];
            if (value instanceof Node node) {
                long dot = node.unseen(merge);
                if (dot != NONE) {
                    return dot;
                }
            } else if (value != null && !merge.saw(dot(slot))) {
                return dot(slot);
            }
        }
        return unseenPresence(merge);
    }

    @Override
    boolean hasDot(long dot) {
        if (hasPresence(dot)) {
            return true;
        }
        for (int slot = 0; slot < used; slot++) {
            Object value = values[slot];
            boolean has =
                    value instanceof Node node
                            ? node.hasDot(dot)
                            : value != null && dot(slot) == dot;
            if (has) {
                return true;
            }
        }
        return false;
    }

    @Override
    void eachDot(LongConsumer sink) {
        eachPresence(sink);
        for (int slot = 0; slot < used; slot++) {
            if (values[slot] instanceof Node node) {
                node.eachDot(sink);
            } else if (values[slot] != null) {
                sink.accept(dot(slot));
            }
        }
    }

    @Override
    long weightBytes() {
        long bytes = 3L * OBJECT_BYTES + metadataOfRegisters();
        for (int slot = 0; slot < used; slot++) {
            bytes += 2 * REFERENCE_BYTES + keys[slot].length() + Places.weightBytes(values[slot]);
        }
        return bytes;
    }

    @Override
    long metadataBytes() {
        long bytes = presenceBytes() + metadataOfRegisters();
        for (int slot = 0; slot < used; slot++) {
            bytes += values[slot] instanceof Node node ? node.metadataBytes() : 0;
        }
        return bytes;
    }

    private long metadataOfRegisters() {
        return dots == null ? 0 : (long) dots.length * STAMP_BYTES;
    }

    @Override
    Node copy() {
        return new MapNode(this);
    }
}
