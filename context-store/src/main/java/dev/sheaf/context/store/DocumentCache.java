package dev.sheaf.context.store;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToLongBiFunction;

/// Decoded values that are hot, bounded by bytes. A *clean* entry is also in the state store and
/// may be evicted, least recently used first; a *dirty* one is newer than the store and stays until
/// [#written] says that the store has it. Dirty entries alone can exceed the bound: watch
/// [#dirtyBytes()] and write behind.
///
/// Every operation takes constant time, apart from the entries it evicts or hands out. Belongs to
/// one thread.
///
/// @param <K> with equals and hashCode
public final class DocumentCache<K, V> {
    private static final class Entry<K, V> {
        private final K key;
        private V value;
        private long bytes;
        private long position;
        private boolean dirty;
        private Entry<K, V> before;
        private Entry<K, V> after;

        /// The ring's end: linked to itself.
        @SuppressWarnings(
                "NullAway") // A ring's end has no key and value, and nobody asks for them.
        Entry() {
            this.key = null;
            this.value = null;
            this.before = this;
            this.after = this;
        }

        Entry(K key, V value) {
            this.key = key;
            this.value = value;
            this.before = this;
            this.after = this;
        }

        void unlink() {
            before.after = after;
            after.before = before;
        }

        void linkBefore(Entry<K, V> end) {
            before = end.before;
            after = end;
            before.after = this;
            end.before = this;
        }
    }

    private final long bytesMax;
    private final ToLongBiFunction<? super K, ? super V> weigher;
    private final BiConsumer<? super K, ? super V> evicted;
    private final Map<K, Entry<K, V>> entries = new HashMap<>();
    private final Entry<K, V> clean = new Entry<>();
    private final Entry<K, V> dirty = new Entry<>();
    private long bytes;
    private long dirtyBytes;

    /// @param bytesMax of clean and dirty entries together
    /// @param weigher bytes that an entry takes, asked once per change
    /// @param evicted told of each clean entry that goes for lack of room
    public DocumentCache(
            long bytesMax,
            ToLongBiFunction<? super K, ? super V> weigher,
            BiConsumer<? super K, ? super V> evicted) {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("a cache of " + bytesMax + " bytes");
        }
        this.bytesMax = bytesMax;
        this.weigher = weigher;
        this.evicted = evicted;
    }

    /// The entry, which counts as used now.
    public Optional<V> get(K key) {
        @Nullable Entry<K, V> entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!entry.dirty) {
            entry.unlink();
            entry.linkBefore(clean);
        }
        return Optional.of(entry.value);
    }

    /// Keeps what was read from the store. An entry that is dirty stays as it is.
    public void loaded(K key, V value) {
        @Nullable Entry<K, V> known = entries.get(key);
        if (known != null && known.dirty) {
            return;
        }
        Entry<K, V> entry = known != null ? known : add(key, value);
        entry.unlink();
        entry.value = value;
        entry.linkBefore(clean);
        weigh(entry);
        evict();
    }

    /// Keeps what was changed, or changed in place, by the record at this log position.
    ///
    /// @param position at least that of the change before
    public void changed(K key, V value, long position) {
        if (dirty.before != dirty && position < dirty.before.position) {
            throw new IllegalArgumentException(
                    "position " + position + " after " + dirty.before.position);
        }
        @Nullable Entry<K, V> known = entries.get(key);
        Entry<K, V> entry = known != null ? known : add(key, value);
        entry.unlink();
        entry.value = value;
        entry.position = position;
        if (!entry.dirty) {
            entry.dirty = true;
            dirtyBytes += entry.bytes;
        }
        entry.linkBefore(dirty);
        weigh(entry);
        evict();
    }

    private Entry<K, V> add(K key, V value) {
        Entry<K, V> entry = new Entry<>(key, value);
        entries.put(key, entry);
        return entry;
    }

    private void weigh(Entry<K, V> entry) {
        long now = weigher.applyAsLong(entry.key, entry.value);
        bytes += now - entry.bytes;
        if (entry.dirty) {
            dirtyBytes += now - entry.bytes;
        }
        entry.bytes = now;
    }

    private void evict() {
        while (bytes > bytesMax && clean.after != clean) {
            Entry<K, V> oldest = clean.after;
            drop(oldest);
            evicted.accept(oldest.key, oldest.value);
        }
    }

    private void drop(Entry<K, V> entry) {
        entry.unlink();
        entries.remove(entry.key);
        bytes -= entry.bytes;
        if (entry.dirty) {
            dirtyBytes -= entry.bytes;
        }
    }

    /// Hands out all dirty entries, the longest changed first, to be written behind. The receiver
    /// must not change the cache.
    public void forEachDirty(BiConsumer<? super K, ? super V> receiver) {
        for (Entry<K, V> entry = dirty.after; entry != dirty; entry = entry.after) {
            receiver.accept(entry.key, entry.value);
        }
    }

    /// Hands out all entries, dirty ones first. The receiver must not change the cache.
    public void forEach(BiConsumer<? super K, ? super V> receiver) {
        forEachDirty(receiver);
        for (Entry<K, V> entry = clean.after; entry != clean; entry = entry.after) {
            receiver.accept(entry.key, entry.value);
        }
    }

    /// The store has everything up to this position: entries not changed since become clean.
    public void written(long position) {
        while (dirty.after != dirty && dirty.after.position <= position) {
            Entry<K, V> entry = dirty.after;
            entry.unlink();
            entry.dirty = false;
            dirtyBytes -= entry.bytes;
            entry.linkBefore(clean);
        }
        evict();
    }

    /// Forgets an entry, dirty or not, without telling anyone.
    public void remove(K key) {
        @Nullable Entry<K, V> entry = entries.get(key);
        if (entry != null) {
            drop(entry);
        }
    }

    public int size() {
        return entries.size();
    }

    /// Of all entries.
    public long bytes() {
        return bytes;
    }

    /// Of those that must stay.
    public long dirtyBytes() {
        return dirtyBytes;
    }
}
