package dev.sheaf.product.ledger;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The one folder in which a node keeps everything that is local to it, held by one process at a
/// time.
///
/// | entry | what | may be lost |
/// | --- | --- | --- |
/// | `VERSION` | the layout's version | no |
/// | `node.lock` | held by the running node; says who | yes |
/// | `ledger.db` | declarations and runs (SQLite) | no |
/// | `catalog.db` | pointers to Iceberg metadata (SQLite) | no |
/// | `warehouse/` | tables of the local store | no |
/// | `quarantine/` | rejected rows | no |
/// | `keys/` | the local token issuer, the node's part of the mesh's certificates | no |
/// | `members.json` | who belongs to the mesh | comes back from other members |
/// | `uploads/` | inputs on their way into a publish | emptied at start |
/// | `staging/` | files on their way into a store | emptied at start |
/// | `scratch/` | what workers spill | emptied at start |
/// | `cache/` | byte ranges of remote files | yes |
/// | `logs/` | the node's log files | yes |
/// | `policies/` | revisions of the policies, and which is in force | no |
///
/// The folder and everything in it belong to the node's user alone (mode 0700).
public final class DataDirectory implements AutoCloseable {
    private static final String LAYOUT_VERSION = "1";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final List<String> FOLDERS =
            List.of(
                    "warehouse",
                    "quarantine",
                    "keys",
                    "uploads",
                    "staging",
                    "scratch",
                    "cache",
                    "logs");

    /// What a folder may hold before its first node: the lock, a configuration, and what joining a
    /// mesh has left there.
    private static final Set<String> MAY_BE_THERE_FIRST =
            Set.of(DirectoryLock.FILE, "sheaf.yaml", "keys", "members.json");

    private static final List<String> EMPTIED_AT_START = List.of("uploads", "staging", "scratch");

    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Takes the folder for this process, creating what is not there yet.
    ///
    /// @throws Problem CONFLICT when another process holds it; STORAGE_FAILED when it cannot be
    ///   created or written; INVALID_CONFIGURATION when it holds something else, or was written by
    ///   a newer Sheaf
    public static DataDirectory open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            createFolder(root);
            requireOurs(root);
            DirectoryLock lock = DirectoryLock.take(root);
            try {
                prepare(root);
                return new DataDirectory(root, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (!permissions.equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
    }

    private static void requireOurs(Path root) throws IOException {
        Path marker = root.resolve("VERSION");
        try {
            String version = Files.readString(marker).strip();
            if (!version.equals(LAYOUT_VERSION)) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        root
                                + " has layout version "
                                + version
                                + ", this Sheaf knows "
                                + LAYOUT_VERSION
                                + ": use the Sheaf that wrote it, or a newer one");
            }
        } catch (NoSuchFileException e) {
            requireEmpty(root);
        }
    }

    private static void requireEmpty(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            List<Path> others =
                    entries.filter(entry ->
                                    !MAY_BE_THERE_FIRST.contains(entry.getFileName().toString()))
                            .toList();
            if (!others.isEmpty()) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        root
                                + " is not empty and not a data directory of Sheaf (it has no"
                                + " file VERSION): choose a new or an empty folder");
            }
        }
    }

    private static void prepare(Path root) throws IOException {
        for (String name : EMPTIED_AT_START) {
            deleteTree(root.resolve(name));
        }
        for (String name : FOLDERS) {
            createFolder(root.resolve(name));
        }
        if (!Files.exists(root.resolve("VERSION"))) {
            writeDurably(root, "VERSION", LAYOUT_VERSION + "\n");
        }
    }

    private static void writeDurably(Path root, String name, String text) throws IOException {
        Path whole = root.resolve(name);
        Path part = root.resolve(DirectoryLock.FILE + "." + name);
        try (FileChannel channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        try {
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + root + " cannot rename atomically", e);
        }
        try (FileChannel folder = FileChannel.open(root, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static Problem unusable(Path root, IOException e) {
        String reason =
                e instanceof AccessDeniedException
                        ? "permission denied"
                        : e instanceof FileSystemException f && f.getReason() != null
                                ? f.getReason()
                                : String.valueOf(e.getMessage());
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the data directory "
                        + root
                        + " cannot be used ("
                        + reason
                        + "): it must be on a disk with free space, and writable by the node's"
                        + " user",
                e);
    }

    /// Lets a second node, which finds the folder taken, say where this one listens.
    public void announcePort(int port) {
        try {
            lock.announcePort(port);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /// What the file system still has for this user.
    public ByteSize free() {
        try {
            return new ByteSize(Files.getFileStore(root).getUsableSpace());
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /// @throws Problem STORAGE_FAILED when less than that is free
    public void requireFree(ByteSize needed, String purpose) {
        ByteSize free = free();
        if (free.compareTo(needed) < 0) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    purpose
                            + " needs "
                            + needed
                            + ", but "
                            + root
                            + " has "
                            + free
                            + " free: make room, or move the data directory to a larger disk");
        }
    }

    public Path root() {
        return root;
    }

    public Path ledger() {
        return root.resolve("ledger.db");
    }

    public Path catalog() {
        return root.resolve("catalog.db");
    }

    public Path warehouse() {
        return root.resolve("warehouse");
    }

    public Path quarantine() {
        return root.resolve("quarantine");
    }

    public Path keys() {
        return root.resolve("keys");
    }

    public Path uploads() {
        return root.resolve("uploads");
    }

    public Path staging() {
        return root.resolve("staging");
    }

    public Path scratch() {
        return root.resolve("scratch");
    }

    public Path cache() {
        return root.resolve("cache");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /// Leaves the folder to the next node.
    @Override
    public void close() {
        lock.close();
    }
}
