package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/// A file that an option names, or standard input where it is `-`.
final class Contents {
    private static final ByteSize MAX = ByteSize.ofMebibytes(512);

    private Contents() {}

    /// @throws Problem NOT_FOUND, UNREADABLE_INPUT
    static InputStream open(Cli cli, String file) {
        if (file.equals("-")) {
            return cli.terminal().in();
        }
        try {
            return Files.newInputStream(cli.workingDirectory().resolve(file));
        } catch (NoSuchFileException e) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no file " + file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// @throws Problem TOO_LARGE too
    static byte[] read(Cli cli, String file) {
        try (InputStream in = open(cli, file)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(MAX.bytes()));
            if (bytes.length == MAX.bytes()) {
                throw new Problem(ProblemCode.TOO_LARGE, file + " is larger than " + MAX);
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static Problem unreadable(String file, IOException e) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT, file + " cannot be read: " + e.getMessage(), e);
    }
}
