package dev.sheaf.governance.audit.store;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// What the log asks of a file system, in one place, so that a test can make it fail.
class AuditDisk {
    static final String UNFINISHED = ".tmp";

    /// Opens a file as asked.
    FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    /// Makes creations, deletions and renames in a folder durable.
    void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Writes a whole file so that a crash leaves the old one or the new one.
    void replace(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (FileChannel channel =
                open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(content), 0);
            channel.force(true);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is in no folder");
        }
        Files.move(
                unfinished,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folder);
    }

    static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long place = offset;
        while (bytes.hasRemaining()) {
            place += channel.write(bytes, place);
        }
    }

    /// Fills what remains in the buffer.
    ///
    /// @return false when the file ends before
    static boolean read(FileChannel channel, ByteBuffer target, long offset) throws IOException {
        long place = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, place);
            if (count < 0) {
                return false;
            }
            place += count;
        }
        return true;
    }

    /// What to throw when the disk fails.
    static Problem failed(String what, Path file, IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                what
                        + " "
                        + file
                        + " failed: "
                        + why
                        + ". Nothing that was not acknowledged before counts as written; make room"
                        + " or repair the disk, then try again",
                Map.of("file", file.toString()),
                cause);
    }

    /// What to throw when bytes are not those that were written.
    static Problem damaged(Path file, long offset, String what) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                file
                        + " is damaged at byte "
                        + offset
                        + ": "
                        + what
                        + ". Nothing was skipped or changed. Keep the folder as evidence, verify it"
                        + " against the checkpoints that witnesses keep, and restore a copy",
                Map.of("file", file.toString(), "offset", offset),
                null);
    }
}
