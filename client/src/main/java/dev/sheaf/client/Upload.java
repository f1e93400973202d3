package dev.sheaf.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/// A file to publish. Its name tells format and compression (`day-1.csv.gz`).
public sealed interface Upload {
    String name();

    record OfFile(String name, Path path) implements Upload {}

    /// @param stream opened once, when the upload reaches it
    record OfStream(String name, Supplier<InputStream> stream) implements Upload {}

    static Upload of(Path path) {
        Path name = path.getFileName();
        return new OfFile(name == null ? path.toString() : name.toString(), path);
    }
}
