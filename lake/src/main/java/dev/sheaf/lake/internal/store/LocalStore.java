package dev.sheaf.lake.internal.store;

import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Files below a directory. A file appears under its name only when its bytes are on the disk: it
/// is written beside it, synced, renamed, and the directory is synced.
///
/// A location is `file://` and the path as it is, without percent encoding.
final class LocalStore implements Store {
    private static final long serialVersionUID = 1L;
    static final String SCHEME = "file://";
    private static final String UNFINISHED = ".unfinished-";

    static Path path(String location) {
        return Path.of(location.substring(SCHEME.length()));
    }

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deleteFiles(Iterable<String> locations) {
        int failed = 0;
        RuntimeException first = null;
        for (String location : locations) {
            try {
                Files.deleteIfExists(path(location));
            } catch (IOException e) {
                failed++;
                first = first == null ? new UncheckedIOException(e) : first;
            }
        }
        if (first != null) {
            BulkDeletionFailureException failure = new BulkDeletionFailureException(failed);
            failure.initCause(first);
            throw failure;
        }
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        List<FileInfo> found = new ArrayList<>();
        for (Path file : filesUnder(prefix)) {
            if (file.getFileName().toString().startsWith(UNFINISHED)) {
                continue;
            }
            try {
                found.add(
                        new FileInfo(
                                SCHEME + file,
                                Files.size(file),
                                Files.getLastModifiedTime(file).toMillis()));
            } catch (NoSuchFileException _) {
                // deleted since it was listed: as if it had never been seen
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /// Also deletes what unfinished writes left, and directories that are empty then.
    @Override
    public void deletePrefix(String prefix) {
        try {
            for (Path file : filesUnder(prefix)) {
                Files.deleteIfExists(file);
            }
            if (prefix.endsWith("/")) {
                deleteEmptyDirectories(path(prefix));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void upload(Path local, String location) {
        Path target = path(location);
        try {
            Files.createDirectories(target.getParent());
            sync(local);
            Path beside = unfinishedBeside(target);
            try {
                Files.move(local, beside, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException _) {
                copy(local, beside);
            }
            appear(beside, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Failure failure(Throwable error) {
        return Failure.OTHER;
    }

    static Path unfinishedBeside(Path target) {
        return target.resolveSibling(UNFINISHED + UUID.randomUUID());
    }

    /// Gives a synced file its name, replacing what had it.
    static void appear(Path synced, Path target) throws IOException {
        Files.move(
                synced,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        syncDirectoryOf(target);
    }

    static void syncDirectoryOf(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            sync(directory);
        }
    }

    static void sync(Path path) throws IOException {
        StandardOpenOption option =
                Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
            sync(to);
        } catch (IOException e) {
            Files.deleteIfExists(to);
            throw e;
        }
    }

    private static List<Path> filesUnder(String prefix) {
        Path path = path(prefix);
        Path base = prefix.endsWith("/") ? path : path.getParent();
        if (base == null || !Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(base)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> (SCHEME + file).startsWith(prefix))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteEmptyDirectories(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            return;
        }
        List<Path> directories;
        try (Stream<Path> walk = Files.walk(base)) {
            directories =
                    walk.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path directory : directories) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException _) {
                // somebody writes there again: it stays
            } catch (FileSystemException e) {
                if (Files.exists(directory)) {
                    throw e;
                }
            }
        }
    }
}
