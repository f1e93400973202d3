package dev.sheaf.governance.audit.note;

import java.util.Set;

/// What became of looking at a note's signatures.
public sealed interface NoteCheck {
    /// At least one known key has signed, and no signature in a known key's name is wrong.
    ///
    /// @param signers the known keys that have signed
    record Trusted(Set<NoteKey> signers) implements NoteCheck {
        public Trusted {
            signers = Set.copyOf(signers);
        }
    }

    /// A signature in the name of a known key is wrong: the note, or the signature, was made by
    /// somebody else.
    record Forged(String keyName) implements NoteCheck {}

    /// No known key has signed.
    ///
    /// @param keyNames of those who claim to have
    record Unknown(String keyNames) implements NoteCheck {}
}
