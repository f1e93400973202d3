package dev.sheaf.node.identity;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Files for this user alone (mode 0600).
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> MODE = PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    /// Of folders for this user alone (mode 0700).
    public static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFile() {}

    /// Whole or not at all, and never readable by others, not even for a moment.
    public static void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        create(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The text of a file, which is made where there is none: of several makers at the same time
    /// the first one's text stays, and all get it.
    ///
    /// @throws IOException when it can be neither read nor written, or others may read it
    public static String readOrMake(Path file, Supplier<String> make) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()), FOLDER_MODE);
            writeFirst(file, make.get());
        }
        requirePrivate(file);
        return Files.readString(file);
    }

    private static void writeFirst(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        create(part, text);
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException _) {
            return; // another one was first
        } finally {
            Files.delete(part);
        }
    }

    private static void create(Path file, String text) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        MODE)) {
            Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
    }

    /// @throws IOException when others may read the file
    public static void requirePrivate(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(
                    "others may read it; its mode must be 0600 (chmod 600 " + file + ")");
        }
    }
}
