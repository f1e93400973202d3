package dev.sheaf.node.replicas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The records of copies of one home, a JSON file each, and the parts of files that are on their
/// way. Records take each other's place whole. For one thread.
final class CopyFolder {
    private static final String SUFFIX = ".json";
    private static final String PARTS = ".parts";

    private final Path folder;

    /// Made when it is not there.
    CopyFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// All there are, parts without a record taken away.
    List<CopyRecord> load() {
        List<CopyRecord> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    records.add(Wire.json().readValue(Files.readAllBytes(file), CopyRecord.class));
                } else if (!Files.exists(
                        folder.resolve(name.substring(0, name.lastIndexOf('.')) + SUFFIX))) {
                    deleteTree(file);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return records;
    }

    void write(CopyRecord copy) {
        Path file = folder.resolve(name(copy) + SUFFIX);
        try {
            WholeFile.write(file, Wire.json().writeValueAsBytes(copy));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// The folder for parts of a copy's files, which is there.
    Path parts(CopyRecord copy) {
        try {
            return Files.createDirectories(folder.resolve(name(copy) + PARTS));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void deleteParts(CopyRecord copy) {
        try {
            deleteTree(folder.resolve(name(copy) + PARTS));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void delete(CopyRecord copy) {
        deleteParts(copy);
        try {
            Files.deleteIfExists(folder.resolve(name(copy) + SUFFIX));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static String name(CopyRecord copy) {
        return copy.product() + "-" + Long.toUnsignedString(copy.snapshotId());
    }

    private static void deleteTree(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> walk = Files.walk(path)) {
                for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private Problem failed(IOException e) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the folder of replicas " + folder + " cannot be read or written",
                e);
    }
}
