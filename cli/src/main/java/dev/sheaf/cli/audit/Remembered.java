package dev.sheaf.cli.audit;

import dev.sheaf.cli.profile.PrivateFile;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// What earlier runs have seen of audit logs, in the folder `audit` beside the profiles: the key of
/// each node's log, and the last checkpoint of each log that was found intact. Files are replaced
/// whole (mode 0600).
final class Remembered {
    private final Path folder;

    /// @param home of the profiles
    Remembered(Path home) {
        this.folder = home.resolve("audit");
    }

    Path keyFile(URI node) {
        return folder.resolve(fileName(node.getAuthority() + node.getPath()) + ".key");
    }

    /// The key of the log of the node at this address.
    ///
    /// @throws Problem STORAGE_FAILED, UNREADABLE_INPUT
    Optional<NoteKey> key(URI node) {
        return text(keyFile(node)).map(text -> NoteKey.parse(text.strip()));
    }

    void remember(URI node, NoteKey key) {
        PrivateFile.write(keyFile(node), key + "\n");
    }

    Path checkpointFile(NoteKey key) {
        return folder.resolve(fileName(key.toString()) + ".checkpoint");
    }

    /// @throws Problem STORAGE_FAILED, UNREADABLE_INPUT
    Optional<SignedNote> checkpoint(NoteKey key) {
        return text(checkpointFile(key)).map(SignedNote::parse);
    }

    void remember(NoteKey key, SignedNote checkpoint) {
        PrivateFile.write(checkpointFile(key), checkpoint.toString());
    }

    private static String fileName(String text) {
        String digest = dev.sheaf.kernel.Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
        String readable = text.replaceAll("[^A-Za-z0-9.-]+", "-");
        return readable.substring(0, Math.min(readable.length(), 60))
                + "-"
                + digest.substring(0, 16);
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
