package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.merkle.Tree;
import dev.sheaf.governance.audit.merkle.TreeFrontier;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.store.AuditFinding.Kind;
import dev.sheaf.governance.audit.store.AuditFinding.Place;
import dev.sheaf.kernel.Problem;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Compares entries, as they come out of the files, with three witnesses: the numbers they bear,
/// the hashes kept beside them, and the signed roots. For one thread.
///
/// Memory grows with the number of findings and of checkpoints that somebody remembers, not with
/// the log.
final class EntryChecks {
    /// What is wrong with an entry, until a root says whether it or its stored hash is.
    private record Suspect(long sequence, Place place) {}

    /// A signed root and where it was found.
    private record Claim(TreeHash root, String where, boolean isRemembered) {}

    private final StoredHashes stored;
    private final long storedCount;
    private final TreeMap<Long, List<Claim>> claims = new TreeMap<>();
    private final List<AuditFinding> findings = new ArrayList<>();
    private final TreeMap<Long, Long> missing = new TreeMap<>();
    private final List<Suspect> suspects = new ArrayList<>();
    private final TreeFrontier frontier = new TreeFrontier();
    private long next;
    private long claimedSize;
    private long goodSize;
    private long goodRememberedSize;

    /// The entries so far are not in order, or not those of a signed root.
    private boolean isBroken;

    private boolean isRewritten;

    EntryChecks(StoredHashes stored) {
        this.stored = stored;
        this.storedCount = stored.count(0);
    }

    /// The number of the next entry.
    long next() {
        return next;
    }

    /// The largest size that was claimed.
    long claimedSize() {
        return claimedSize;
    }

    void add(Kind kind, long sequence, long count, Optional<Place> place, String message) {
        findings.add(new AuditFinding(kind, sequence, count, place, message));
    }

    /// Expects a root at a size that was not reached yet, or just is.
    ///
    /// @param isRemembered by somebody else; the log's own checkpoints prove nothing against it
    void expect(Checkpoint checkpoint, String where, boolean isRemembered) {
        claimedSize = Math.max(claimedSize, checkpoint.size());
        claims.computeIfAbsent(checkpoint.size(), size -> new ArrayList<>())
                .add(new Claim(checkpoint.root(), where, isRemembered));
        if (!isBroken && checkpoint.size() == frontier.size()) {
            settleClaims(frontier.size());
        }
    }

    /// Everything before this number was to be there.
    void skipTo(long sequence) {
        if (sequence > next) {
            missing.put(next, sequence);
            next = sequence;
            isBroken = true;
        }
    }

    /// Takes the next entry of the files.
    ///
    /// @return whether it looks like the one that was written here
    boolean take(byte[] entry, Place place) {
        TreeHash leaf = TreeHash.leaf(entry);
        long stated = isStored(next, leaf) ? next : statedSequence(entry, leaf);
        boolean isGood = stated == next && (stated >= storedCount || isStored(stated, leaf));
        if (stated < next) {
            takeLate(stated, leaf, place);
            return false;
        }
        skipTo(stated);
        if (!isGood && stated < storedCount && !isStored(stated, leaf)) {
            suspects.add(new Suspect(stated, place));
        }
        next = stated + 1;
        if (!isBroken) {
            frontier.add(leaf, this::compareLevel);
            if (!claims.isEmpty() && claims.firstKey() <= frontier.size()) {
                settleClaims(frontier.size());
            }
        }
        return isGood;
    }

    private boolean isStored(long sequence, TreeHash leaf) {
        return sequence < storedCount && stored.subtree(0, sequence).equals(leaf);
    }

    /// The number that an entry bears, as far as it can be believed: an edited one may bear any.
    private long statedSequence(byte[] entry, TreeHash leaf) {
        long stated;
        try {
            stated = AuditEntry.parse(entry).sequence();
        } catch (Problem e) {
            return next;
        }
        boolean isBelievable =
                stated <= next
                        || isStored(stated, leaf)
                        || stated >= storedCount && stated < claimedSize;
        return isBelievable ? stated : next;
    }

    /// An entry whose number has been passed: it was moved here, or it is one too many.
    private void takeLate(long sequence, TreeHash leaf, Place place) {
        isBroken = true;
        Map.Entry<Long, Long> gap = missing.floorEntry(sequence);
        if (gap != null && sequence < gap.getValue()) {
            missing.remove(gap.getKey());
            if (gap.getKey() < sequence) {
                missing.put(gap.getKey(), sequence);
            }
            if (sequence + 1 < gap.getValue()) {
                missing.put(sequence + 1, gap.getValue());
            }
            add(
                    Kind.REORDERED,
                    sequence,
                    1,
                    Optional.of(place),
                    "entry " + sequence + " stands behind entry " + (next - 1));
            if (sequence < storedCount && !isStored(sequence, leaf)) {
                suspects.add(new Suspect(sequence, place));
            }
            return;
        }
        Place inserted = isStored(sequence, leaf) ? takeBackSuspect(sequence, place) : place;
        add(
                Kind.INSERTED,
                sequence,
                1,
                Optional.of(inserted),
                "there are two entries " + sequence + "; this one is not the log's");
    }

    /// When the right entry comes after all, the one that was taken for an edited one is too many.
    private Place takeBackSuspect(long sequence, Place place) {
        Iterator<Suspect> all = suspects.iterator();
        while (all.hasNext()) {
            Suspect suspect = all.next();
            if (suspect.sequence() == sequence) {
                all.remove();
                return suspect.place();
            }
        }
        return place;
    }

    private void compareLevel(int level, TreeHash hash) {
        int file = level / StoredHashes.TILE_BITS;
        if (level == 0 || level % StoredHashes.TILE_BITS != 0 || file >= StoredHashes.LEVELS) {
            return;
        }
        long index = frontier.size() >> level;
        if (suspects.isEmpty()
                && index < stored.count(file)
                && !stored.subtree(level, index).equals(hash)) {
            add(
                    Kind.DAMAGED_HASHES,
                    index << level,
                    1L << level,
                    Optional.empty(),
                    "the hash over these entries in file hashes." + file + " is wrong");
        }
    }

    /// Compares the roots that are claimed for sizes up to this.
    private void settleClaims(long size) {
        while (!claims.isEmpty() && claims.firstKey() <= size) {
            Map.Entry<Long, List<Claim>> first = claims.pollFirstEntry();
            for (Claim claim : first.getValue()) {
                settle(first.getKey(), claim);
            }
        }
    }

    private void settle(long size, Claim claim) {
        if (!isBroken && frontier.size() == size && frontier.root().equals(claim.root())) {
            settleSuspects(size, Kind.DAMAGED_HASHES);
            noteGood(size, claim);
        } else if (isStoredRoot(size, claim.root())) {
            settleSuspects(size, Kind.EDITED);
            isBroken = true;
            noteGood(size, claim);
        } else {
            boolean isExplained = isBroken || !suspects.isEmpty();
            settleSuspects(size, Kind.EDITED);
            if (!isExplained && !isRewritten) {
                isRewritten = true;
                long start = claim.isRemembered() ? goodRememberedSize : goodSize;
                add(
                        Kind.REWRITTEN,
                        start,
                        size - start,
                        Optional.empty(),
                        "entries "
                                + start
                                + " to "
                                + (size - 1)
                                + " do not have the root that "
                                + claim.where()
                                + " says");
            }
        }
    }

    private void noteGood(long size, Claim claim) {
        goodSize = size;
        if (claim.isRemembered()) {
            goodRememberedSize = size;
        }
    }

    private boolean isStoredRoot(long size, TreeHash root) {
        return stored.cover(size) && new Tree(size, stored).root().equals(root);
    }

    private void settleSuspects(long size, Kind kind) {
        Iterator<Suspect> all = suspects.iterator();
        while (all.hasNext()) {
            Suspect suspect = all.next();
            if (suspect.sequence() < size) {
                all.remove();
                add(
                        kind,
                        suspect.sequence(),
                        1,
                        Optional.of(suspect.place()),
                        kind == Kind.EDITED
                                ? "entry " + suspect.sequence() + " is not the one that was written"
                                : "the hash of entry " + suspect.sequence() + " is wrong");
            }
        }
    }

    /// After the last entry.
    List<AuditFinding> finish() {
        missing.forEach((start, end) ->
                add(
                        Kind.REMOVED,
                        start,
                        end - start,
                        Optional.empty(),
                        "entries " + start + " to " + (end - 1) + " are gone"));
        settleClaims(next);
        settleSuspects(Long.MAX_VALUE, Kind.EDITED);
        return findings;
    }
}
