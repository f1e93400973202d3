package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The public key of a log, as the officer has it.
final class KeyOption {
    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The log's public key, or a file with it (keys/audit.pub of the node).")
    private @Nullable String given;

    /// @throws Problem INVALID_VALUE, STORAGE_FAILED
    Optional<NoteKey> key(Cli cli) {
        String text = given;
        if (text == null) {
            return Optional.empty();
        }
        try {
            Path file = cli.workingDirectory().resolve(text);
            return Optional.of(Files.isRegularFile(file) ? read(file) : NoteKey.parse(text));
        } catch (InvalidPathException e) {
            return Optional.of(NoteKey.parse(text));
        }
    }

    /// @throws Problem STORAGE_FAILED, UNREADABLE_INPUT
    static NoteKey read(Path file) {
        try {
            return NoteKey.parse(Files.readString(file).strip());
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, "the key " + file + " cannot be read: " + e, e);
        }
    }
}
