package dev.sheaf.cli.audit;

import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.governance.audit.store.AuditReport;
import dev.sheaf.governance.audit.store.AuditVerifier;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Verifies the log in a node's data directory, or in a copy of its folder `audit`, without the
/// node. The node may run meanwhile.
final class FolderVerification {
    private static final String SEGMENT = ".audit";
    private static final String OWN_CHECKPOINT = "checkpoint";

    private final Remembered remembered;

    FolderVerification(Remembered remembered) {
        this.remembered = remembered;
    }

    /// @param given the key as the officer has it
    /// @param others checkpoints that others kept
    Verdict verify(Path folder, Optional<NoteKey> given, List<SignedNote> others) {
        Path log = logFolder(folder);
        Path ownKey = folder.resolve("keys").resolve("audit.pub");
        List<String> remarks = new ArrayList<>();
        if (given.isEmpty()) {
            remarks.add(
                    "the key came from the folder itself ("
                            + ownKey
                            + "): whoever can write there could have replaced both. Verify with"
                            + " --key and the key as you noted it");
        }
        NoteKey key = given.orElseGet(() -> ownKey(folder, ownKey));
        List<SignedNote> notes = new ArrayList<>(others);
        Optional<SignedNote> last = remembered.checkpoint(key);
        last.ifPresent(notes::add);
        if (notes.isEmpty()) {
            remarks.add(
                    "nothing was remembered of this log: an earlier state of it, put back, looks"
                            + " the same. From now on its checkpoint is remembered here");
        }
        AuditReport report = AuditVerifier.verify(log, key.name(), List.of(key), notes);
        if (report.size() == 0) {
            remarks.add("the log has no entries");
        }
        if (report.isIntact()) {
            ownCheckpoint(log)
                    .filter(note -> size(note) > last.map(FolderVerification::size).orElse(0L))
                    .ifPresent(note -> remembered.remember(key, note));
        }
        return new Verdict(
                key.name(),
                key.toString(),
                report.isIntact(),
                report.size(),
                report.signedSize(),
                report.findings().stream().map(Flaw::of).toList(),
                remarks);
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }

    private static NoteKey ownKey(Path folder, Path ownKey) {
        if (!Files.isRegularFile(ownKey)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "with which key? "
                            + folder
                            + " has no keys/audit.pub; give the log's public key with --key");
        }
        return KeyOption.read(ownKey);
    }

    private static Path logFolder(Path folder) {
        Path inside = folder.resolve("audit");
        if (Files.isDirectory(inside)) {
            return inside;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(file -> file.toString().endsWith(SEGMENT))
                    || Files.exists(folder.resolve(OWN_CHECKPOINT))) {
                return folder;
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, folder + " cannot be read: " + e.getMessage(), e);
        }
        throw new Problem(
                ProblemCode.NOT_FOUND,
                "there is no audit log in "
                        + folder
                        + ": name a node's data directory, its folder audit, or an export");
    }

    private static Optional<SignedNote> ownCheckpoint(Path log) {
        Path file = log.resolve(OWN_CHECKPOINT);
        try {
            return Files.exists(file)
                    ? Optional.of(SignedNote.parse(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
