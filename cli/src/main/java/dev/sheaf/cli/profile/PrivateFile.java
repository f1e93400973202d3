package dev.sheaf.cli.profile;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Files that hold secrets: mode 0600 from their first byte on, in folders of mode 0700, replaced
/// whole.
public final class PrivateFile {
    private PrivateFile() {}

    /// @throws Problem STORAGE_FAILED; the old file, if any, is then untouched
    public static void write(Path file, String text) {
        try {
            Path folder =
                    Objects.requireNonNull(
                            file.toAbsolutePath().getParent(), "a file lies in a folder");
            createFolder(folder);
            Path fresh = Files.createTempFile(folder, ".new-", null, attributes("rw-------"));
            try {
                Files.writeString(fresh, text);
                Files.move(
                        fresh,
                        file,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "cannot write "
                            + file
                            + ": "
                            + e
                            + ". Make the folder writable, or set SHEAF_HOME",
                    e);
        }
    }

    /// Makes the folder and its parents, those that are new for their owner only.
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes("rwx------"));
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
