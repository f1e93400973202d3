package dev.sheaf.product.apply;

import dev.sheaf.contract.Source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The repository's own examples.
public final class Examples {
    private Examples() {}

    public static Path folder() {
        return Path.of(System.getProperty("sheaf.repo", "..")).resolve("examples");
    }

    /// Every manifest below a folder of the examples.
    public static List<Source> manifests(String folder) {
        Path root = folder().resolve(folder);
        try (Stream<Path> files = Files.walk(root)) {
            List<Source> sources = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                sources.add(new Source(root.relativize(file).toString(), Files.readAllBytes(file)));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
