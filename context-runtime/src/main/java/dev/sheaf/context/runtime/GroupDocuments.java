package dev.sheaf.context.runtime;

import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateCursor;
import dev.sheaf.context.store.StateEntry;
import dev.sheaf.context.store.Table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A group's documents: in memory while hot, else in the state store; their sum of digests; and
/// which of them still carry dots. For the group's thread.
final class GroupDocuments {
    private static final long STRIPPING_NANOS_MAX = 250_000;

    /// That wait for being stripped; many new documents must not fill the memory with their names.
    private static final int UNSTABLE_MAX = 20_000;

    private static final int DIGESTS_AT_ONCE_MAX = 128;

    private final Group group;
    private final EngineParts parts;
    private final List<DocumentEntry> digestsOld = new ArrayList<>();
    private final List<Changed> changedThisTurn = new ArrayList<>();

    /// Those that carry dots, in the order of what had been merged.
    private final ArrayDeque<UnstableDocument> unstable = new ArrayDeque<>();

    /// Those of them that are not in memory.
    private final Map<DocumentKey, UnstableDocument> unstableAway = new HashMap<>();

    /// Documents without dots that still have deleted list elements, or the like: those go when all
    /// members have agreed that they are deleted.
    private final ArrayDeque<UnstableDocument> unsettled = new ArrayDeque<>();

    private long digest;
    private long count;
    private long storedDigest;
    private long storedCount;
    private boolean storedChanged;

    private record Changed(DocumentKey key, DocumentEntry entry) {}

    GroupDocuments(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// What was found when the node started.
    void restore(long restoredDigest, long restoredCount) {
        digest = restoredDigest;
        count = restoredCount;
        storedDigest = restoredDigest;
        storedCount = restoredCount;
    }

    long count() {
        return count;
    }

    private Optional<DocumentEntry> hot(DocumentKey key) {
        return group.worker().cache().get(key).filter(entry -> entry.group == group);
    }

    /// The document, an empty one if there is none; kept in memory only once it is changed.
    DocumentEntry load(KnownType type, DocumentKey key) {
        Optional<DocumentEntry> hot = hot(key);
        if (hot.isPresent()) {
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
        if (entry.stripped.equals(VersionVector.EMPTY)) {
            settleLoaded(key, entry);
        }
        return entry;
    }

    private void settleLoaded(DocumentKey key, DocumentEntry entry) {
        if (stripStored(entry) && group.replica().isMember()) {
            touched(key, entry);
        }
        if (!entry.document.isStable()) {
            entry.unstable = unstableAway.remove(key);
            if (entry.unstable == null) {
                entry.unstable = queue(key, group.replica().applied());
            }
        }
    }

    /// The others were told that no local event will refer to what this cut has made superfluous.
    private void stripIfOwed(DocumentKey key, DocumentEntry entry) {
        if (!entry.stripped.covers(group.replica().settled()) && stripStored(entry)) {
            touched(key, entry);
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

    /// @return whether the store should have it as it is now
    private boolean stripStored(DocumentEntry entry) {
        if (entry.document.isStable()) {
            entry.stripped = group.replica().cut();
            return false;
        }
        long before = entry.document.metadataBytes();
        entry.document.strip(group.replica().cut(), group.replica().agreed());
        entry.stripped = group.replica().cut();
        return entry.document.metadataBytes() < before || entry.document.isBlank();
    }

    private DocumentEntry decode(KnownType type, byte[] stored) {
        StoredDocument header = StoredDocument.header(stored);
        DocumentEntry entry =
                new DocumentEntry(
                        group,
                        type,
                        StoredDocument.document(stored, parts.actors()),
                        header.isStable() ? group.replica().cut() : VersionVector.EMPTY,
                        group.replica().applied());
        entry.digest = header.digest();
        entry.storedDigest = header.digest();
        entry.logged = header.logged();
        entry.subject = group.subjectOf(entry).orElse("");
        return entry;
    }

    /// Takes out of a document in the state store what can go.
    ///
    /// @param stored what the state store has
    void settleStored(KnownType type, DocumentKey key, byte[] stored) {
        Optional<DocumentEntry> hot = hot(key);
        if (hot.isPresent()) {
            stripIfOwed(key, hot.get());
            return;
        }
        DocumentEntry entry = decode(type, stored);
        if (stripStored(entry)) {
            strip(key, load(type, key), group.replica().cut());
        }
    }

    /// The document was changed by an event.
    void changed(DocumentKey key, DocumentEntry entry) {
        touched(key, entry);
        if (!entry.changedThisTurn) {
            entry.changedThisTurn = true;
            changedThisTurn.add(new Changed(key, entry));
        }
    }

    private void touched(DocumentKey key, DocumentEntry entry) {
        if (!entry.digestOld) {
            entry.digestOld = true;
            digestsOld.add(entry);
        }
        entry.turn = group.worker().turn();
        group.worker().cache().changed(key, entry, entry.turn);
    }

    /// The document is no longer in memory.
    void evicted(DocumentKey key, DocumentEntry entry) {
        if (entry.unstable != null) {
            unstableAway.put(key, entry.unstable);
        }
    }

    /// @param applied everything that has been merged by now
    void endTurn(VersionVector applied) {
        for (Changed changed : changedThisTurn) {
            DocumentEntry entry = changed.entry();
            entry.changedThisTurn = false;
            if (entry.unstable == null) {
                entry.unstable = unstableAway.remove(changed.key());
            }
            if (entry.unstable == null) {
                entry.unstable = queue(changed.key(), applied);
            } else {
                entry.unstable.changed = applied;
            }
        }
        changedThisTurn.clear();
    }

    /// @return null when too many wait already: the sweep through the state store finds it later
    private @Nullable UnstableDocument queue(DocumentKey key, VersionVector applied) {
        if (unstable.size() >= UNSTABLE_MAX) {
            return null;
        }
        UnstableDocument queued = new UnstableDocument(key, applied);
        unstable.add(queued);
        return queued;
    }

    /// Takes away what every member has, and what all have agreed on; some now, the rest at later
    /// calls.
    void strip(VersionVector cut, VersionVector agreed) {
        long endNanos =
                parts.nanoTime().getAsLong() + STRIPPING_NANOS_MAX / group.worker().groups().size();
        while (parts.nanoTime().getAsLong() - endNanos < 0) {
            UnstableDocument first = unstable.peek();
            if (first == null || !cut.covers(first.queued)) {
                break;
            }
            unstable.remove();
            if (!cut.covers(first.changed)) {
                queueAgain(first);
            } else if (stripQueued(first, cut) && unsettled.size() < UNSTABLE_MAX) {
                unsettled.add(first);
            }
        }
        while (parts.nanoTime().getAsLong() - endNanos < 0) {
            UnstableDocument first = unsettled.peek();
            if (first == null || !agreed.covers(first.changed)) {
                return;
            }
            stripQueued(unsettled.remove(), cut);
        }
    }

    private void queueAgain(UnstableDocument first) {
        UnstableDocument again = queue(first.key, first.changed);
        Optional<DocumentEntry> hot = hot(first.key);
        if (hot.isPresent()) {
            hot.get().unstable = again;
        } else if (again != null) {
            unstableAway.put(first.key, again);
        }
    }

    /// @return whether there is something left that can go later
    private boolean stripQueued(UnstableDocument queued, VersionVector cut) {
        Optional<KnownType> type = group.typeOf(queued.key);
        unstableAway.remove(queued.key, queued);
        if (type.isEmpty()) {
            return false;
        }
        DocumentEntry entry = load(type.get(), queued.key);
        if (entry.unstable == queued) {
            entry.unstable = null;
        }
        strip(queued.key, entry, cut);
        return !entry.document.isStable();
    }

    private void strip(DocumentKey key, DocumentEntry entry, VersionVector cut) {
        entry.document.strip(cut, group.replica().agreed());
        entry.stripped = cut;
        touched(key, entry);
    }

    /// The sum of the documents' digests as they are now.
    long digest() {
        digestSome(Integer.MAX_VALUE);
        return digest;
    }

    /// A part of the work for [#digest()].
    void digestSome() {
        digestSome(DIGESTS_AT_ONCE_MAX);
    }

    /// Lets go of documents whose digests were made when they were written.
    void dropDigested() {
        digestsOld.removeIf(entry -> !entry.digestOld);
    }

    private void digestSome(int documentsMax) {
        for (int done = 0; done < documentsMax && !digestsOld.isEmpty(); done++) {
            digest(digestsOld.removeLast());
        }
    }

    private void digest(DocumentEntry entry) {
        if (!entry.digestOld) {
            return;
        }
        boolean was = entry.digest != 0;
        long now = entry.document.exists() ? Shards.mix(entry.document.digest() | 1) : 0;
        digest += now - entry.digest;
        count += (now != 0 ? 1 : 0) - (was ? 1 : 0);
        entry.digest = now;
        entry.digestOld = false;
    }

    /// How many documents have to be looked at for the digest.
    int digestWork() {
        return digestsOld.size();
    }

    /// Puts an entry's present state into the batch.
    ///
    /// @param last whether what the log has later has not been merged into it; a document of which
    ///   nothing is left has to stay else, so that those events are not merged again
    void write(DocumentKey key, DocumentEntry entry, boolean last, StateBatch batch) {
        digest(entry);
        storedDigest += entry.digest - entry.storedDigest;
        storedCount += (entry.digest != 0 ? 1 : 0) - (entry.storedDigest != 0 ? 1 : 0);
        entry.storedDigest = entry.digest;
        storedChanged = true;
        byte[] name = DocumentKeys.document(group.number(), key);
        String subject = entry.document.exists() ? group.subjectOf(entry).orElse("") : "";
        if (!subject.equals(entry.subject)) {
            if (!entry.subject.isEmpty()) {
                batch.delete(Table.SUBJECTS, subjectKey(key, entry.subject));
            }
            entry.subject = subject;
        }
        if (last && entry.document.isBlank()) {
            batch.delete(Table.DOCUMENTS, name);
            if (!subject.isEmpty()) {
                batch.delete(Table.SUBJECTS, subjectKey(key, subject));
            }
            return;
        }
        if (!subject.isEmpty()) {
            batch.put(Table.SUBJECTS, subjectKey(key, subject), new byte[0]);
        }
        StoredDocument header =
                new StoredDocument(
                        entry.digest,
                        parts.log().appendedPosition(),
                        entry.document.expiry(),
                        entry.document.isStable());
        batch.put(Table.DOCUMENTS, name, header.with(entry.document));
    }

    /// Puts the sum of digests that the store has with what is in the batch, if anything is.
    void writeDigest(StateBatch batch) {
        if (storedChanged) {
            storedChanged = false;
            GroupStates.putDigest(group.number(), storedDigest, storedCount, batch);
        }
    }

    private byte[] subjectKey(DocumentKey key, String subject) {
        return DocumentKeys.subject(group.number(), key.type(), subject, key.id());
    }

    /// Puts a document into the batch that came from elsewhere, and not into memory.
    void take(DocumentKey key, KnownType type, Document document, StateBatch batch) {
        DocumentEntry entry =
                new DocumentEntry(
                        group, type, document, VersionVector.EMPTY, group.replica().applied());
        entry.digestOld = true;
        write(key, entry, true, batch);
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
