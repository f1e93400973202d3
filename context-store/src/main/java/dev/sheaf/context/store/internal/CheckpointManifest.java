package dev.sheaf.context.store.internal;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a checkpoint consists of, as the text file `MANIFEST`: a line `sheaf-checkpoint 1`, a line
/// `position N`, a line `file SHA-256 BYTES NAME` for each file, and a line `end SHA-256` with the
/// digest of everything before it.
///
/// @param position up to where the log has everything
record CheckpointManifest(long position, List<FileEntry> files) {
    static final String NAME = "MANIFEST";
    private static final String VERSION = "sheaf-checkpoint 1";
    private static final String END = "end ";

    /// @param name below the checkpoint's folder, with slashes
    record FileEntry(String name, long bytes, Sha256 digest) {}

    static CheckpointManifest of(Path folder, long position) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        for (Path file : Disk.filesBelow(folder)) {
            entries.add(new FileEntry(nameOf(folder, file), Files.size(file), digest(file)));
        }
        return new CheckpointManifest(position, entries);
    }

    private static String nameOf(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static Sha256 digest(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            return Sha256.of(stream);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(VERSION + "\nposition " + position + "\n");
        for (FileEntry file : files) {
            text.append("file ").append(file.digest.hex()).append(' ').append(file.bytes);
            text.append(' ').append(file.name).append('\n');
        }
        Sha256 digest = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append(END).append(digest.hex()).append('\n').toString();
    }

    /// Reads a checkpoint's manifest and checks every file against it.
    ///
    /// @throws Problem UNREADABLE_INPUT with what is wrong
    static CheckpointManifest verified(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw unusable(folder, "it has no manifest: it was never finished, or is none");
        }
        CheckpointManifest manifest =
                parse(folder, Files.readString(file, StandardCharsets.ISO_8859_1));
        Set<String> unlisted = new TreeSet<>();
        for (Path found : Disk.filesBelow(folder)) {
            unlisted.add(nameOf(folder, found));
        }
        unlisted.remove(NAME);
        for (FileEntry entry : manifest.files) {
            if (!unlisted.remove(entry.name)) {
                throw unusable(folder, entry.name + " is missing");
            }
            Path listed = folder.resolve(entry.name);
            if (Files.size(listed) != entry.bytes || !digest(listed).equals(entry.digest)) {
                throw unusable(folder, entry.name + " is not what was written");
            }
        }
        if (!unlisted.isEmpty()) {
            throw unusable(folder, "it has files that are not its own: " + unlisted);
        }
        return manifest;
    }

    private static CheckpointManifest parse(Path folder, String text) {
        int end = text.lastIndexOf(END);
        byte[] signed = text.substring(0, Math.max(end, 0)).getBytes(StandardCharsets.ISO_8859_1);
        if (end < 0 || !text.substring(end).equals(END + Sha256.of(signed).hex() + "\n")) {
            throw unusable(folder, "its manifest is damaged");
        }
        List<String> lines = text.substring(0, end).lines().toList();
        if (lines.size() < 2 || !lines.getFirst().equals(VERSION)) {
            throw unusable(folder, "its manifest has another version than '" + VERSION + "'");
        }
        long position = Long.parseLong(lines.get(1).substring("position ".length()));
        List<FileEntry> files = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            String[] parts = line.split(" ", 4);
            files.add(new FileEntry(parts[3], Long.parseLong(parts[2]), new Sha256(parts[1])));
        }
        return new CheckpointManifest(position, files);
    }

    private static Problem unusable(Path folder, String why) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "the checkpoint "
                        + folder
                        + " cannot be restored: "
                        + why
                        + ". Nothing was written. Take an earlier checkpoint, or start the node"
                        + " with an empty folder and let it join again");
    }
}
