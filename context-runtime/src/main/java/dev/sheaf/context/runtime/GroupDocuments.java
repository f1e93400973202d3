package dev.sheaf.context.runtime;

import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.document.DocumentCodec;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.Table;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A group's documents: in memory while hot, else in the state store; their sum of digests; and
/// which of them still carry dots. For the group's thread.
final class GroupDocuments {
    private static final int HEADER_BYTES = Long.BYTES;
    private static final int STRIPPED_AT_ONCE_MAX = 512;

    private final Group group;
    private final EngineParts parts;
    private final Set<DocumentEntry> digestsOld = new HashSet<>();
    private final Set<DocumentKey> changedThisTurn = new HashSet<>();
    private final Map<DocumentKey, VersionVector> lastChanges = new HashMap<>();
    private final ArrayDeque<Unstable> unstable = new ArrayDeque<>();

    /// Documents without dots that still have deleted list elements, or the like: those go when all
    /// members have agreed that they are deleted.
    private final ArrayDeque<Unstable> unsettled = new ArrayDeque<>();

    private long digest;
    private long count;

    /// A document that carries dots; in the queue they are in the order of what had been merged.
    private record Unstable(DocumentKey key, VersionVector applied) {}

    GroupDocuments(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// What was found when the node started.
    void restore(long restoredDigest, long restoredCount) {
        digest = restoredDigest;
        count = restoredCount;
    }

    long count() {
        return count;
    }

    /// The document, an empty one if there is none; kept in memory only once it is changed.
    DocumentEntry load(KnownType type, DocumentKey key) {
        Optional<DocumentEntry> hot = group.worker().cache().get(key);
        if (hot.isPresent() && hot.get().group == group) {
            stripIfOwed(key, hot.get());
            return hot.get();
        }
        Optional<byte[]> stored =
                parts.state().get(Table.DOCUMENTS, DocumentKeys.document(group.number(), key));
        if (stored.isEmpty()) {
            return new DocumentEntry(
                    group, type, new Document(), group.replica().cut(), VersionVector.EMPTY);
        }
        DocumentEntry entry = decode(type, stored.get());
        group.worker().cache().loaded(key, entry);
        if (stripStored(entry) && group.replica().isMember()) {
            touched(key, entry);
        }
        return entry;
    }

    /// The others were told that no local event will refer to what this cut has made superfluous.
    private void stripIfOwed(DocumentKey key, DocumentEntry entry) {
        if (!entry.stripped.covers(group.replica().settled())) {
            strip(key, entry, group.replica().cut());
        }
    }

    /// Events of this type were merged long after they had been applied: what they wrote may be
    /// older than the cut.
    void mergedLate(KnownType type) {
        group.worker()
                .cache()
                .forEach((key, entry) -> {
                    if (entry.group == group && key.type().equals(type.name())) {
                        entry.stripped = VersionVector.EMPTY;
                    }
                });
    }

    /// What lies in the state store was stripped when it was written, or not at all.
    ///
    /// @return whether the store should have it as it is now
    private boolean stripStored(DocumentEntry entry) {
        long before = entry.document.metadataBytes();
        entry.document.strip(group.replica().cut(), group.replica().agreed());
        entry.stripped = group.replica().cut();
        return entry.document.metadataBytes() < before || entry.document.isBlank();
    }

    private DocumentEntry decode(KnownType type, byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        long stampedDigest = bytes.getLong();
        byte[] encoded = new byte[bytes.remaining()];
        bytes.get(encoded);
        DocumentEntry entry =
                new DocumentEntry(
                        group,
                        type,
                        DocumentCodec.decode(encoded, parts.actors(), index -> index),
                        VersionVector.EMPTY,
                        group.replica().applied());
        entry.digest = stampedDigest;
        entry.subject = group.subjectOf(entry).orElse("");
        return entry;
    }

    /// A document as the state store has it; where that still has what can go, as it is in memory,
    /// to be written again.
    ///
    /// @param stored what the state store has
    Document stored(KnownType type, DocumentKey key, byte[] stored) {
        DocumentEntry entry = decode(type, stored);
        if (!stripStored(entry)) {
            return entry.document;
        }
        DocumentEntry hot = load(type, key);
        strip(key, hot, group.replica().cut());
        return hot.document;
    }

    /// The document was changed by an event.
    void changed(DocumentKey key, DocumentEntry entry) {
        touched(key, entry);
        changedThisTurn.add(key);
    }

    private void touched(DocumentKey key, DocumentEntry entry) {
        entry.turn = group.worker().turn();
        digestsOld.add(entry);
        group.worker().cache().changed(key, entry, entry.turn);
    }

    /// @param applied everything that has been merged by now
    void endTurn(VersionVector applied) {
        for (DocumentKey key : changedThisTurn) {
            if (lastChanges.put(key, applied) == null) {
                unstable.add(new Unstable(key, applied));
            }
        }
        changedThisTurn.clear();
    }

    /// Takes away what every member has, and what all have agreed on; some now, the rest at later
    /// calls.
    void strip(VersionVector cut, VersionVector agreed) {
        int left = STRIPPED_AT_ONCE_MAX;
        for (; left > 0; left--) {
            Unstable first = unstable.peek();
            if (first == null || !cut.covers(first.applied())) {
                break;
            }
            unstable.remove();
            DocumentKey key = first.key();
            VersionVector lastChange = lastChanges.getOrDefault(key, first.applied());
            if (!cut.covers(lastChange)) {
                unstable.add(new Unstable(key, lastChange));
                continue;
            }
            lastChanges.remove(key);
            if (strip(key, cut)) {
                unsettled.add(new Unstable(key, lastChange));
            }
        }
        for (; left > 0; left--) {
            Unstable first = unsettled.peek();
            if (first == null || !agreed.covers(first.applied())) {
                return;
            }
            strip(unsettled.remove().key(), cut);
        }
    }

    /// @return whether there is something left that can go later
    private boolean strip(DocumentKey key, VersionVector cut) {
        Optional<KnownType> type = group.typeOf(key);
        if (type.isEmpty()) {
            return false;
        }
        DocumentEntry entry = load(type.get(), key);
        strip(key, entry, cut);
        return entry.document.metadataBytes() > 0;
    }

    private void strip(DocumentKey key, DocumentEntry entry, VersionVector cut) {
        entry.document.strip(cut, group.replica().agreed());
        entry.stripped = cut;
        touched(key, entry);
    }

    /// The sum of the documents' digests as they are now.
    long digest() {
        for (DocumentEntry entry : digestsOld) {
            boolean was = entry.digest != 0;
            long now = entry.document.exists() ? Shards.mix(entry.document.digest() | 1) : 0;
            digest += now - entry.digest;
            count += (now != 0 ? 1 : 0) - (was ? 1 : 0);
            entry.digest = now;
        }
        digestsOld.clear();
        return digest;
    }

    /// How many documents have to be looked at for the digest.
    int digestWork() {
        return digestsOld.size();
    }

    /// Puts an entry's present state into the batch.
    void write(DocumentKey key, DocumentEntry entry, StateBatch batch) {
        byte[] name = DocumentKeys.document(group.number(), key);
        String subject = entry.document.exists() ? group.subjectOf(entry).orElse("") : "";
        if (!subject.equals(entry.subject)) {
            if (!entry.subject.isEmpty()) {
                batch.delete(Table.SUBJECTS, subjectKey(key, entry.subject));
            }
            entry.subject = subject;
        }
        if (entry.document.isBlank()) {
            batch.delete(Table.DOCUMENTS, name);
            if (!subject.isEmpty()) {
                batch.delete(Table.SUBJECTS, subjectKey(key, subject));
            }
            return;
        }
        if (!subject.isEmpty()) {
            batch.put(Table.SUBJECTS, subjectKey(key, subject), new byte[0]);
        }
        byte[] encoded = DocumentCodec.encode(entry.document, index -> index);
        batch.put(
                Table.DOCUMENTS,
                name,
                ByteBuffer.allocate(HEADER_BYTES + encoded.length)
                        .putLong(entry.digest)
                        .put(encoded)
                        .array());
    }

    private byte[] subjectKey(DocumentKey key, String subject) {
        return DocumentKeys.subject(group.number(), key.type(), subject, key.id());
    }

    /// Puts a document into the batch that came from elsewhere, and not into memory.
    void take(DocumentKey key, KnownType type, Document document, StateBatch batch) {
        DocumentEntry entry =
                new DocumentEntry(
                        group, type, document, VersionVector.EMPTY, group.replica().applied());
        digestsOld.add(entry);
        digest();
        write(key, entry, batch);
    }

    /// Ids of a type's documents that exist, in order, after one.
    List<String> ids(KnownType type, String after, int limit) {
        TreeSet<String> ids = new TreeSet<>();
        group.worker()
                .cache()
                .forEachDirty((key, entry) -> {
                    if (entry.group == group && key.type().equals(type.name())) {
                        ids.add(key.id());
                    }
                });
        TreeSet<String> found = new TreeSet<>(ids.tailSet(after, false));
        byte[] prefix = DocumentKeys.type(group.number(), type.name());
        byte[] from = DocumentKeys.document(group.number(), new DocumentKey(type.name(), after));
        try (StateCursor cursor = parts.state().scan(Table.DOCUMENTS, prefix, from)) {
            int scanned = 0;
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent() && scanned < limit + 1;
                    next = cursor.next()) {
                String id = DocumentKeys.documentOf(next.get().key()).id();
                if (id.compareTo(after) > 0 && found.add(id)) {
                    scanned++;
                }
            }
        }
        List<String> existing = new ArrayList<>();
        for (String id : found) {
            if (existing.size() == limit) {
                break;
            }
            if (group.shows(load(type, new DocumentKey(type.name(), id)))) {
                existing.add(id);
            }
        }
        return existing;
    }

    /// Ids of the documents of a subject, in memory and stored.
    Set<String> idsOfSubject(KnownType type, String subject) {
        Set<String> ids = new TreeSet<>();
        byte[] prefix = DocumentKeys.subject(group.number(), type.name(), subject, "");
        try (StateCursor cursor = parts.state().scan(Table.SUBJECTS, prefix, prefix)) {
            for (Optional<StateEntry> next = cursor.next();
                    next.isPresent();
                    next = cursor.next()) {
                ids.add(DocumentKeys.idOfSubject(next.get().key()));
            }
        }
        group.worker()
                .cache()
                .forEachDirty((key, entry) -> {
                    if (entry.group == group
                            && key.type().equals(type.name())
                            && group.subjectOf(entry).filter(subject::equals).isPresent()) {
                        ids.add(key.id());
                    }
                });
        return ids;
    }
}
