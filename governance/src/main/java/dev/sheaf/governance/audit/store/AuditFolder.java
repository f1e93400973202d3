package dev.sheaf.governance.audit.store;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The folder of a log and its lock. Not safe for several threads.
final class AuditFolder implements AutoCloseable {
    static final String CHECKPOINT = "checkpoint";
    private static final String LOCK = "LOCK";

    /// What this process has open. The operating system forgets a process's lock on a file as soon
    /// as any of its descriptors is closed, so a second attempt must not even open the lock file.
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path realFolder;
    private final FileChannel lock;

    /// Makes the folder if it is not there, and takes its lock.
    ///
    /// @throws Problem CONFLICT when another process, or another part of this one, has it
    AuditFolder(Path folder, AuditDisk disk) throws IOException {
        this.folder = folder;
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                disk.syncFolder(parent);
            }
        }
        realFolder = folder.toRealPath();
        if (!OPEN.add(realFolder)) {
            throw taken();
        }
        try {
            lock =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isLocked(lock)) {
                lock.close();
                throw taken();
            }
        } catch (IOException | RuntimeException e) {
            OPEN.remove(realFolder);
            throw e;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        FileLock held = channel.tryLock();
        return held != null;
    }

    private Problem taken() {
        return new Problem(
                ProblemCode.CONFLICT,
                "the audit log in "
                        + folder
                        + " is open already: only one process may write it. Stop the other node, or"
                        + " give this one a folder of its own");
    }

    Path path() {
        return folder;
    }

    Path checkpointFile() {
        return folder.resolve(CHECKPOINT);
    }

    /// Removes what a crash left unfinished.
    void removeUnfinished() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                if (file.toString().endsWith(AuditDisk.UNFINISHED)) {
                    Files.delete(file);
                }
            }
        }
    }

    /// The segment files in order of their names.
    static List<Path> segmentFiles(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(Segment::isSegment).sorted().forEach(files::add);
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        try {
            lock.close();
        } finally {
            OPEN.remove(realFolder);
        }
    }
}
