package dev.sheaf.context.runtime;

import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.store.EventLog;

import java.util.Set;
import java.util.TreeSet;

/// Of which types a scope's groups have logged events without knowing the type: those are merged
/// once it is applied here, also after a restart. For any thread.
final class HeldTypes {
    private final EventLog log;
    private final String key;
    private final Set<Held> held = new TreeSet<>();

    private record Held(int group, String type) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int byGroup = Integer.compare(group, other.group);
            return byGroup != 0 ? byGroup : type.compareTo(other.type);
        }
    }

    /// With what was kept.
    HeldTypes(EventLog log, String scope) {
        this.log = log;
        this.key = "held " + scope;
        byte[] kept = log.meta().get(key);
        if (kept != null) {
            ByteReader in = new ByteReader(kept);
            while (in.remaining() > 0) {
                held.add(new Held(in.varint(Integer.MAX_VALUE, "a group"), in.string()));
            }
        }
    }

    /// @return whether no event of the type was held by any group before
    synchronized boolean add(int group, String type) {
        boolean first = held.stream().noneMatch(each -> each.type().equals(type));
        if (held.add(new Held(group, type))) {
            keep();
        }
        return first;
    }

    synchronized boolean contains(int group, String type) {
        return held.contains(new Held(group, type));
    }

    /// They are merged.
    synchronized void remove(int group, String type) {
        if (held.remove(new Held(group, type))) {
            keep();
        }
    }

    synchronized boolean isEmpty() {
        return held.isEmpty();
    }

    private void keep() {
        ByteWriter out = new ByteWriter();
        for (Held each : held) {
            out.varint(each.group());
            out.string(each.type());
        }
        log.putMeta(key, out.toByteArray());
    }
}
