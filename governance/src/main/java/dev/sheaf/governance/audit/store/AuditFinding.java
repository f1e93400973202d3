package dev.sheaf.governance.audit.store;

import java.util.Optional;

/// Something that is not as the log wrote it.
///
/// @param sequence of the first entry that is concerned
/// @param count how many are; 0 when no entry is
/// @param place where in which file, if it is at one place
/// @param message for a person
public record AuditFinding(
        Kind kind, long sequence, long count, Optional<Place> place, String message) {
    /// A byte of a file.
    public record Place(String file, long offset) {}

    /// What it is.
    public enum Kind {
        /// The entry is not the one that was hashed when it was written.
        EDITED,
        /// The entries are gone, and later ones are there.
        REMOVED,
        /// The entry stands behind ones that came after it.
        REORDERED,
        /// An entry that the log did not write, or a second copy of one.
        INSERTED,
        /// The last entries are gone, and the log's own checkpoint says that they were there.
        TRUNCATED,
        /// The log is shorter than a remembered checkpoint says: an earlier state was put back.
        ROLLED_BACK,
        /// One or more of these entries are not those that a checkpoint was signed over, and their
        /// hashes were changed along.
        REWRITTEN,
        /// A signature in the name of a known key that the key did not make, or a checkpoint of
        /// another log.
        FORGED_CHECKPOINT,
        /// A checkpoint that no known key has signed.
        UNKNOWN_KEY,
        /// The file of the last checkpoint is not there.
        MISSING_CHECKPOINT,
        /// Bytes that are no group of entries, or have a wrong checksum.
        DAMAGED_FRAME,
        /// Hashes kept beside the entries are wrong; the entries are right.
        DAMAGED_HASHES,
        /// The index of a segment does not fit its entries: searching may miss some.
        DAMAGED_INDEX,
        /// What a crash left of entries that were not acknowledged. Harmless.
        TORN_TAIL,
        /// Entries that no checkpoint covers yet. Harmless, but nothing vouches for them.
        UNSIGNED;

        public boolean isHarmless() {
            return this == TORN_TAIL || this == UNSIGNED;
        }
    }
}
