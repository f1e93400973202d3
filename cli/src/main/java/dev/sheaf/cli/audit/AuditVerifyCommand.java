package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.SheafClient;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.governance.audit.note.SignedNote;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;

/// `sheaf audit verify`: whether an audit log is what was signed.
@Command(
        name = "verify",
        description = "Verify an audit log: that nothing was changed, cut off, moved or put back.",
        footer = {
            "",
            "A folder is a node's data directory or its folder audit, and is read without the"
                    + " node;",
            "a file is what 'sheaf audit export' wrote. Without either, a node's log is compared"
                    + " with",
            "what was seen of it before: the last checkpoint found intact is remembered below"
                    + " audit/",
            "in SHEAF_HOME, and whatever does not continue it is reported.",
            "Exit status 0 when the log is intact, 1 when it is not.",
            "",
            "Examples:",
            "  sheaf audit verify",
            "  sheaf audit verify /var/lib/sheaf --key audit.pub --checkpoint last-month.note",
            "  sheaf audit verify export.ndjson.gz --key audit.pub --json"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final KeyOption key = new KeyOption();

    @Parameters(
            paramLabel = "FOLDER|FILE",
            arity = "0..1",
            description = "A folder with a log, or an export; default: a node's log.")
    private @Nullable String what;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint that somebody kept; may be repeated.")
    private List<String> checkpoints = new ArrayList<>();

    @Option(
            names = "--partial",
            description = "Of an export with conditions: that entries are missing is no fault.")
    private boolean partial;

    AuditVerifyCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Remembered remembered = new Remembered(cli.profiles().home());
        Optional<NoteKey> given = key.key(cli);
        List<SignedNote> others = checkpoints.stream().map(this::checkpoint).toList();
        return verdict(remembered, given, others).print(cli, node.json());
    }

    private Verdict verdict(
            Remembered remembered, Optional<NoteKey> given, List<SignedNote> others) {
        if (what == null) {
            try (SheafClient client = Connection.open(cli, node)) {
                return new NodeVerification(client, remembered).verify(given, others);
            }
        }
        Path place = cli.workingDirectory().resolve(what);
        if (Files.isDirectory(place)) {
            return new FolderVerification(remembered).verify(place, given, others);
        }
        if (!Files.exists(place)) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, "there is neither a folder nor a file " + place);
        }
        NoteKey trusted =
                given.orElseThrow(() ->
                        new Problem(
                                ProblemCode.BAD_REQUEST,
                                "with which key? Give the log's public key with --key; a node"
                                        + " keeps it in keys/audit.pub"));
        List<SignedNote> all = new ArrayList<>(others);
        remembered.checkpoint(trusted).filter(note -> !partial).ifPresent(all::add);
        return export(place, trusted, all);
    }

    private Verdict export(Path file, NoteKey trusted, List<SignedNote> others) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return new ExportVerification(trusted, partial).verify(lines, others);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT,
                    file + " cannot be read to its end: " + e.getMessage(),
                    e);
        }
    }

    private SignedNote checkpoint(String file) {
        Path path = cli.workingDirectory().resolve(file);
        try {
            return SignedNote.parse(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no checkpoint " + path, e);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.UNREADABLE_INPUT, path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
