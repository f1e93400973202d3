package dev.sheaf.contract;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The published files the tests judge by; absent, a test is skipped and says so.
final class TestData {
    private TestData() {}

    static Path path(String relative) {
        Path path = Path.of(System.getProperty("sheaf.testdata", "testdata")).resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> "no test data at " + path);
        return path;
    }

    static Source source(Path path) {
        try {
            return new Source(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Source yaml(String text) {
        return new Source("test.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
