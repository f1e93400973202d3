package dev.sheaf.governance.audit.store;

import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteCheck;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;

/// Whose checkpoints of which log are believed.
record Trust(String origin, List<NoteKey> keys) {
    Trust {
        keys = List.copyOf(keys);
    }

    /// What a note says, if it is to be believed.
    ///
    /// @param where it was found, for messages
    /// @throws Problem STORAGE_FAILED when it is forged or another log's; INVALID_CONFIGURATION
    ///   when nobody signed it who is known here; UNREADABLE_INPUT when it is no checkpoint
    Checkpoint read(SignedNote note, String where) {
        switch (note.check(keys)) {
            case NoteCheck.Trusted trusted -> {
                Checkpoint checkpoint = Checkpoint.parse(note.text());
                if (!checkpoint.origin().equals(origin)) {
                    throw new Problem(
                            ProblemCode.STORAGE_FAILED,
                            where
                                    + " is of the log '"
                                    + checkpoint.origin()
                                    + "', and not of '"
                                    + origin
                                    + "'");
                }
                return checkpoint;
            }
            case NoteCheck.Forged forged ->
                    throw new Problem(
                            ProblemCode.STORAGE_FAILED,
                            where
                                    + " has a signature in the name of '"
                                    + forged.keyName()
                                    + "' that its key did not make: it is forged. Nothing was"
                                    + " changed; keep the folder as evidence");
            case NoteCheck.Unknown unknown ->
                    throw new Problem(
                            ProblemCode.INVALID_CONFIGURATION,
                            where
                                    + " is signed by "
                                    + unknown.keyNames()
                                    + ", with none of the keys known here ("
                                    + keys
                                    + "): name the log's earlier keys, or use its own folder");
        }
    }
}
