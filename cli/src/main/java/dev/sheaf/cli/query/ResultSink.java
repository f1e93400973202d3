package dev.sheaf.cli.query;

import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ResultStream;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Where the bytes of a result go: standard output, or a file that appears only when it is
/// complete.
public final class ResultSink {
    private static final int BUFFER_BYTES = 1 << 16;

    private ResultSink() {}

    /// Refuses what would spoil a terminal.
    ///
    /// @throws Problem BAD_REQUEST
    public static void check(Terminal terminal, OutputFormat format, Optional<Path> file) {
        if (format.binary() && file.isEmpty() && terminal.outIsTerminal()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    format + " is not for a terminal: write it to a file with -o FILE, or pipe it");
        }
    }

    /// Copies the result to its end and closes it.
    ///
    /// @return the bytes written
    public static long write(Terminal terminal, ResultStream result, Optional<Path> file) {
        try (result) {
            return file.isPresent() ? writeFile(result, file.get()) : copy(result, terminal.out());
        }
    }

    /// Stops early when nobody reads any more (`… | head`); closing the result then cancels the
    /// statement. Any other failure of standard output is told at the end of the process.
    private static long copy(ResultStream result, PrintStream target) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try {
            for (int read = result.body().read(buffer);
                    read >= 0 && !target.checkError();
                    read = result.body().read(buffer)) {
                target.write(buffer, 0, read);
                bytes += read;
            }
            return bytes;
        } catch (IOException e) {
            throw new Problem(ProblemCode.UNAVAILABLE, "the result broke off: " + e, e);
        }
    }

    private static long writeFile(ResultStream result, Path file) {
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            long bytes;
            try (OutputStream stream = Files.newOutputStream(part)) {
                bytes = result.body().transferTo(stream);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "cannot write " + file + ": " + e + ". Name another file, or make room",
                    e);
        } finally {
            discard(part);
        }
    }

    /// What is left of a result that did not come to its end.
    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "cannot remove the unfinished " + part + ": " + e,
                    e);
        }
    }
}
