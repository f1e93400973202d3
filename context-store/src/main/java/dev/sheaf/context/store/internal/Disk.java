package dev.sheaf.context.store.internal;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the log asks of a file system, in one place, so that a test can make it fail.
public class Disk {
    /// Opens a file as asked.
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    /// Makes creations, deletions and renames in a folder durable.
    public void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Makes the bytes of a file durable that somebody else wrote.
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// All files below a folder, in the order of their names; none when there is no such folder.
    public static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// What to throw when the disk fails.
    public static Problem failed(String what, Path file, IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                what
                        + " "
                        + file
                        + " failed: "
                        + why
                        + ". Nothing that was not acknowledged before counts as written; make room"
                        + " or repair the disk, then restart the node",
                Map.of("file", file.toString()),
                cause);
    }

    /// What to throw when bytes are not those that were written.
    public static Problem damaged(Path file, long offset, String what) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                file
                        + " is damaged at byte "
                        + offset
                        + ": "
                        + what
                        + ". Nothing was skipped or changed. Restore the last checkpoint, or move"
                        + " the data folder away and let the node join again under its next epoch",
                Map.of("file", file.toString(), "offset", offset),
                null);
    }
}
