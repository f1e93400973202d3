package dev.sheaf.cli.audit;

import dev.sheaf.client.AuditConsistency;
import dev.sheaf.client.SheafClient;
import dev.sheaf.governance.audit.merkle.ConsistencyProof;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditFinding.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Verifies that a running node's log continues what was seen of it before: its checkpoint is by
/// the log's key, and begins with the checkpoints that were remembered. Asks for no entries.
final class NodeVerification {
    private final SheafClient client;
    private final Remembered remembered;
    private final List<Flaw> flaws = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    NodeVerification(SheafClient client, Remembered remembered) {
        this.client = client;
        this.remembered = remembered;
    }

    /// @param given the key as the officer has it
    /// @param others checkpoints that others kept
    Verdict verify(Optional<NoteKey> given, List<SignedNote> others) {
        NoteKey key = key(client, remembered, given, remarks);
        SignedNote note = SignedNote.parse(client.audit().checkpoint());
        Optional<Checkpoint> current =
                TrustedCheckpoint.of(note, key, "the node's checkpoint", flaws::add);
        List<SignedNote> before = new ArrayList<>(others);
        Optional<SignedNote> last = remembered.checkpoint(key);
        last.ifPresent(before::add);
        if (before.isEmpty()) {
            remarks.add(
                    "nothing was remembered of this log: an earlier state of it, put back, looks"
                            + " the same. From now on its checkpoint is remembered here");
        }
        current.ifPresent(now -> compare(key, before, now));
        boolean isIntact = Verdict.isIntact(flaws);
        if (isIntact) {
            remembered.remember(key, note);
        }
        long size = current.map(Checkpoint::size).orElse(0L);
        return new Verdict(key.name(), key.toString(), isIntact, size, size, flaws, remarks);
    }

    /// The officer's key, else the one that was remembered of this node, else the node's own word,
    /// which is remembered from then on.
    static NoteKey key(
            SheafClient client,
            Remembered remembered,
            Optional<NoteKey> given,
            List<String> remarks) {
        return given.or(() -> remembered.key(client.address()))
                .orElseGet(() -> {
                    NoteKey told = NoteKey.parse(client.audit().key().key());
                    remembered.remember(client.address(), told);
                    remarks.add(
                            "the key is the node's own word ("
                                    + told
                                    + "): compare it with keys/audit.pub of the node. It is"
                                    + " remembered from now on");
                    return told;
                });
    }

    private void compare(NoteKey key, List<SignedNote> before, Checkpoint now) {
        int number = 0;
        for (SignedNote note : before) {
            TrustedCheckpoint.of(note, key, "remembered checkpoint " + ++number, flaws::add)
                    .ifPresent(earlier -> continues(earlier, now));
        }
    }

    private void continues(Checkpoint earlier, Checkpoint now) {
        if (earlier.size() > now.size()) {
            flaws.add(
                    Flaw.of(
                            Kind.ROLLED_BACK,
                            now.size(),
                            earlier.size() - now.size(),
                            "a remembered checkpoint has "
                                    + earlier.size()
                                    + " entries, the node's "
                                    + now.size()));
            return;
        }
        AuditConsistency proof = client.audit().consistency(earlier.size(), now.size());
        boolean isContinued =
                new ConsistencyProof(
                                earlier.size(),
                                now.size(),
                                proof.hashes().stream().map(TreeHash::parse).toList())
                        .proves(earlier.root(), now.root());
        if (isContinued) {
            remarks.add("it continues a remembered checkpoint of " + earlier.size() + " entries");
        } else {
            flaws.add(
                    Flaw.of(
                            Kind.REWRITTEN,
                            0,
                            earlier.size(),
                            "the node's log does not begin with the "
                                    + earlier.size()
                                    + " entries that a remembered checkpoint covers"));
        }
    }
}
