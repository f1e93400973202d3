package dev.sheaf.cli.audit;

import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteCheck;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditFinding.Kind;
import dev.sheaf.kernel.Problem;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Checkpoints that a key vouches for.
final class TrustedCheckpoint {
    private TrustedCheckpoint() {}

    /// What a note says, when it is a checkpoint of the key's log and the key has signed it.
    ///
    /// @param where it was found, for messages
    /// @param flaws gets the reason why not
    static Optional<Checkpoint> of(
            SignedNote note, NoteKey key, String where, Consumer<Flaw> flaws) {
        switch (note.check(List.of(key))) {
            case NoteCheck.Forged _ ->
                    flaws.accept(
                            Flaw.of(
                                    Kind.FORGED_CHECKPOINT,
                                    0,
                                    0,
                                    where
                                            + ": the key of '"
                                            + key.name()
                                            + "' has not signed this"));
            case NoteCheck.Unknown unknown ->
                    flaws.accept(
                            Flaw.of(
                                    Kind.UNKNOWN_KEY,
                                    0,
                                    0,
                                    where
                                            + " is signed by '"
                                            + unknown.keyNames()
                                            + "', and not with the key "
                                            + key));
            case NoteCheck.Trusted _ -> {
                try {
                    Checkpoint checkpoint = Checkpoint.parse(note.text());
                    if (checkpoint.origin().equals(key.name())) {
                        return Optional.of(checkpoint);
                    }
                    flaws.accept(
                            Flaw.of(
                                    Kind.FORGED_CHECKPOINT,
                                    0,
                                    0,
                                    where + " is of the log '" + checkpoint.origin() + "'"));
                } catch (Problem e) {
                    flaws.accept(Flaw.of(Kind.FORGED_CHECKPOINT, 0, 0, where + ": " + e.message()));
                }
            }
        }
        return Optional.empty();
    }
}
