package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.FieldRule;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongConsumer;

/// An object: its members in the order in which they came. Members that are gone keep their slot
/// until [#strip]. Registers are held without their stamps (dot and clock reading), which stand in
/// one array, or once for all of them where one write made them all.
final class MapNode extends Container {
    private static final int SLOTS_FIRST = 4;
    private static final int SCANNED_MAX = 8;
    private static final int REFERENCE_BYTES = 4;

    /// Key and value of each slot, side by side.
    private @Nullable Object[] entries;

    /// Dot and clock reading of each register; absent while all have the common ones.
    private long @Nullable [] stamps;

    private long commonDot = Dot.STABLE;
    private long commonHlc;
    private int @Nullable [] index;
    private int used;

    MapNode() {
        this(SLOTS_FIRST);
    }

    MapNode(int slots) {
        entries = new Object[2 * Math.max(1, slots)];
    }

    private MapNode(MapNode from) {
        entries = from.entries.clone();
        stamps = from.stamps == null ? null : from.stamps.clone();
        commonDot = from.commonDot;
        commonHlc = from.commonHlc;
        index = from.index == null ? null : from.index.clone();
        used = from.used;
        copyPresence(from);
    }

    /// Slots in use, some of them perhaps empty.
    int used() {
        return used;
    }

    String key(int slot) {
        return (String) Objects.requireNonNull(entries[2 * slot]);
    }

    /// The slot of a key, or -1.
    int find(String key) {
        if (index != null) {
            return findByIndex(index, key);
        }
        // Keys are often the very same strings; then no other memory is touched.
        for (int slot = 0; slot < used; slot++) {
            if (entries[2 * slot] == key) {
                return slot;
            }
        }
        for (int slot = 0; slot < used; slot++) {
            if (same(key(slot), key)) {
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
            if (same(key(slot), key)) {
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
        int slot = used;
        if (2 * slot == entries.length) {
            resize(Math.max(SLOTS_FIRST, slot + (slot >> 1)));
        }
        entries[2 * slot] = key;
        entries[2 * slot + 1] = null;
        used++;
        if (used > SCANNED_MAX) {
            register(slot);
        }
        return slot;
    }

    private void resize(int slots) {
        entries = Arrays.copyOf(entries, 2 * slots);
        stamps = stamps == null ? null : Arrays.copyOf(stamps, 2 * slots);
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
        int at = spread(key(slot)) & mask;
        while (table[at] != 0) {
            at = at + 1 & mask;
        }
        table[at] = slot + 1;
    }

    /// What the slot holds, a register without its stamp: see [#dot(int)].
    @Nullable Object raw(int slot) {
        return entries[2 * slot + 1];
    }

    /// Of a register in this slot.
    long dot(int slot) {
        return stamps == null ? commonDot : stamps[2 * slot];
    }

    long hlc(int slot) {
        return stamps == null ? commonHlc : stamps[2 * slot + 1];
    }

    @Nullable Object get(int slot) {
        Object value = raw(slot);
        return value instanceof JsonNode json && dot(slot) != Dot.STABLE
                ? new Register(json, dot(slot), hlc(slot))
                : value;
    }

    void set(int slot, @Nullable Object content) {
        switch (content) {
            case null -> entries[2 * slot + 1] = null;
            case Register register -> setRegister(slot, register.value, register.dot, register.hlc);
            case JsonNode stable -> setRegister(slot, stable, Dot.STABLE, 0);
            case Object node -> entries[2 * slot + 1] = node;
        }
    }

    void setRegister(int slot, JsonNode value, long dot, long hlc) {
        entries[2 * slot + 1] = value;
        if (stamps == null && (dot != commonDot || hlc != commonHlc)) {
            if (!hasRegisterBeside(slot)) {
                commonDot = dot;
                commonHlc = hlc;
                return;
            }
            stamps = new long[entries.length];
            for (int each = 0; each < used; each++) {
                stamp(stamps, each, commonDot, commonHlc);
            }
        }
        if (stamps != null) {
            stamp(stamps, slot, dot, hlc);
        }
    }

    private static void stamp(long[] stamps, int slot, long dot, long hlc) {
        stamps[2 * slot] = dot;
        stamps[2 * slot + 1] = hlc;
    }

    private boolean hasRegisterBeside(int slot) {
        for (int other = 0; other < used; other++) {
            if (other != slot && raw(other) instanceof JsonNode) {
                return true;
            }
        }
        return false;
    }

    @Override
    @Nullable Object clear(Merge merge) {
        changed();
        clearPresence(merge);
        boolean empty = true;
        for (int slot = 0; slot < used; slot++) {
            Object value = raw(slot);
            if (value instanceof JsonNode) {
                if (merge.saw(dot(slot))) {
                    set(slot, null);
                }
            } else if (value instanceof Node node) {
                set(slot, merge.own(node).clear(merge));
            }
            empty &= raw(slot) == null;
        }
        return empty && !isPresent() ? null : this;
    }

    @Override
    boolean exists() {
        if (isPresent()) {
            return true;
        }
        for (int slot = 0; slot < used; slot++) {
            if (Places.exists(raw(slot))) {
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
            Object value = raw(slot);
            JsonNode shown = Places.show(value, rule.member(key(slot)), actors);
            if (shown != null) {
                object.set(key(slot), shown);
            }
            exists |= shown != null || Places.exists(value);
        }
        return exists ? object : null;
    }

    @Override
    long computeDigest() {
        long sum = 0;
        for (int slot = 0; slot < used; slot++) {
            Object value = raw(slot);
            if (Places.exists(value)) {
                sum += Digest.member(Digest.string(key(slot)), Places.digest(value));
            }
        }
        return Digest.tagged(Digest.MAP, sum);
    }

    @Override
    boolean stripContent(Cuts cuts) {
        if (stamps == null && cuts.covers(commonDot)) {
            commonDot = Dot.STABLE;
            commonHlc = 0;
        }
        boolean live = false;
        boolean stable = true;
        int kept = 0;
        for (int slot = 0; slot < used; slot++) {
            Object content = Places.strip(get(slot), cuts);
            if (content != null) {
                entries[2 * kept] = entries[2 * slot];
                set(kept, content);
                live |= content instanceof Register;
                stable &= isStable(content);
                kept++;
            }
        }
        if (kept < used) {
            used = kept;
            trim();
        }
        if (!live) {
            stamps = null;
            commonDot = Dot.STABLE;
            commonHlc = 0;
        }
        return stable;
    }

    @Override
    boolean isSuperfluous() {
        return used == 0;
    }

    private void trim() {
        resize(Math.max(1, used));
        Arrays.fill(entries, 2 * used, entries.length, null);
        index = null;
        if (used > SCANNED_MAX) {
            register(used - 1);
        }
    }

    @Override
    long unseen(Merge merge) {
        for (int slot = 0; slot < used; slot++) {
            Object value = raw(slot);
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
            Object value = raw(slot);
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
            if (raw(slot) instanceof Node node) {
                node.eachDot(sink);
            } else if (raw(slot) != null) {
                sink.accept(dot(slot));
            }
        }
    }

    @Override
    long weightBytes() {
        long bytes = 3L * OBJECT_BYTES + metadataOfRegisters();
        for (int slot = 0; slot < used; slot++) {
            bytes += 2 * REFERENCE_BYTES + key(slot).length() + Places.weightBytes(raw(slot));
        }
        return bytes;
    }

    @Override
    long metadataBytes() {
        long bytes = presenceBytes() + metadataOfRegisters();
        for (int slot = 0; slot < used; slot++) {
            bytes += raw(slot) instanceof Node node ? node.metadataBytes() : 0;
        }
        return bytes;
    }

    private long metadataOfRegisters() {
        if (stamps == null) {
            return commonDot == Dot.STABLE ? 0 : STAMP_BYTES;
        }
        return (long) stamps.length * Long.BYTES;
    }

    @Override
    Node copy() {
        return new MapNode(this);
    }
}
