package dev.sheaf.foreign;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How a program ended.
///
/// @param text what it said, on both of its streams
public record Run(int status, String text) {
    private static final int SECONDS_MAX = 240;

    /// Runs a program to its end; one that has none in four minutes is ended.
    ///
    /// @param folder for what it says
    public static Run of(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(
                    process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), () -> "no end of " + command);
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
