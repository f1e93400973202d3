package dev.sheaf.context.store.internal;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The folders that checkpoints are made into and restored from.
public final class CheckpointFolder {
    private static final String RESTORING = "RESTORING";

    private CheckpointFolder() {}

    /// Refuses a folder that is in use.
    ///
    /// @throws Problem CONFLICT when the folder has something in it
    public static void requireEmpty(Path folder, String purpose) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        folder
                                + " is not empty: "
                                + purpose
                                + " needs a folder of its own. Name one"
                                + " that does not exist yet");
            }
        } catch (IOException e) {
            throw Disk.failed("reading", folder, e);
        }
    }

    /// Refuses a folder that is half restored.
    ///
    /// @throws Problem STORAGE_FAILED when a restore into this folder was begun and not finished
    public static void requireRestored(Path folder) {
        if (Files.exists(folder.resolve(RESTORING))) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "restoring a checkpoint into "
                            + folder
                            + " was not finished: empty the folder"
                            + " and restore again");
        }
    }

    /// Makes a copied folder a checkpoint: syncs everything, then writes the manifest.
    public static void seal(Path folder, long position) throws IOException {
        CheckpointManifest manifest = CheckpointManifest.of(folder, position);
        syncAll(folder);
        write(folder.resolve(CheckpointManifest.NAME), manifest.toString());
    }

    private static void write(Path file, String text) throws IOException {
        Path unfinished = SegmentFolder.unfinished(file);
        Files.writeString(unfinished, text);
        Disk.syncFile(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolderOf(file);
    }

    private static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            new Disk().syncFolder(folder);
        }
    }

    private static void syncAll(Path folder) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path file : Disk.filesBelow(folder)) {
            Disk.syncFile(file);
            folders.add(file.toAbsolutePath().getParent());
        }
        folders.add(folder);
        for (Path each : folders) {
            new Disk().syncFolder(each);
        }
        syncFolderOf(folder);
    }

    /// Copies a checkpoint that was checked into an empty data folder. A mark stays in the folder
    /// until everything is durable.
    ///
    /// @return the checkpoint's log position
    public static long copy(Path checkpoint, Path dataFolder) throws IOException {
        CheckpointManifest manifest = CheckpointManifest.verified(checkpoint);
        Files.createDirectories(dataFolder);
        Path mark = dataFolder.resolve(RESTORING);
        write(mark, checkpoint + "\n");
        for (CheckpointManifest.FileEntry entry : manifest.files()) {
            Path target = dataFolder.resolve(entry.name());
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.copy(checkpoint.resolve(entry.name()), target);
        }
        syncAll(dataFolder);
        Files.delete(mark);
        syncFolderOf(mark);
        return manifest.position();
    }
}
