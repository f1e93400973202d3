package dev.sheaf.context.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Folders of segment logs for tests.
final class LogFolders {
    static final String OWNER = "mesh/node";

    private LogFolders() {}

    static SegmentLogOptions small(Path folder) {
        return new SegmentLogOptions(folder, OWNER, 64 << 10, 4 << 10);
    }

    static SegmentLog open(Path folder) {
        return SegmentLog.open(small(folder), new Random(7));
    }

    /// What a crash leaves: the files as they are now.
    static void copy(Path folder, Path target) throws IOException {
        Files.createDirectories(target);
        for (Path file : files(folder)) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    static List<Path> segments(Path folder) throws IOException {
        return files(folder).stream().filter(file -> file.toString().endsWith(".log")).toList();
    }
}
