package dev.sheaf.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The repository's own files, found from the folder that Maven names as the project's root.
final class SourceTree {
    private SourceTree() {}

    static Path root() {
        return Path.of(System.getProperty("sheaf.repo", "..")).toAbsolutePath().normalize();
    }

    /// Every Java source of every module, generated ones excluded, in path order.
    static List<Path> javaSources() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }
}
