package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.AuditSearch;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;

/// `sheaf audit export`: entries with their proofs, in a file.
@Command(
        name = "export",
        description = "Write entries of the audit log with their proofs to a file.",
        footer = {
            "",
            "One entry a line, oldest first; with a name that ends in .gz compressed. The file is"
                    + " there",
            "whole or not at all, and only you can read it. Check it with 'sheaf audit verify"
                    + " FILE', with",
            "--partial if conditions were given.",
            "",
            "Examples:",
            "  sheaf audit export 2026-11.ndjson.gz --from 2026-11-01 --until 2026-12-01",
            "  sheaf audit export all.ndjson"
        })
final class AuditExportCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final SearchOptions wanted = new SearchOptions();

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private String file = "";

    @Option(names = "--overwrite", description = "Also when the file is there.")
    private boolean overwrite;

    AuditExportCommand(Cli cli) {
        this.cli = cli;
    }

    /// What was written.
    private record Written(String file, long entries) {}

    @Override
    public Integer call() {
        AuditSearch search = wanted.search(Instant.now());
        Path target = cli.workingDirectory().resolve(file).toAbsolutePath();
        if (!overwrite && Files.exists(target)) {
            throw new Problem(
                    ProblemCode.CONFLICT, target + " is there already; --overwrite replaces it");
        }
        long entries;
        try (SheafClient client = Connection.open(cli, node);
                ResultStream lines = client.audit().export(search)) {
            entries = write(lines.body(), target);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), new Written(target.toString(), entries));
        } else {
            cli.terminal()
                    .err()
                    .println(
                            "wrote "
                                    + Shown.count(entries)
                                    + (entries == 1 ? " entry" : " entries")
                                    + " to "
                                    + file);
        }
        return 0;
    }

    private static long write(InputStream lines, Path target) {
        Path part = null;
        try {
            part =
                    Files.createTempFile(
                            Objects.requireNonNull(target.getParent(), "a file is in a folder"),
                            ".export-",
                            ".part");
            long entries;
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                OutputStream raw = Channels.newOutputStream(channel);
                if (target.toString().endsWith(".gz")) {
                    GZIPOutputStream packed = new GZIPOutputStream(raw, BUFFER_BYTES);
                    entries = copy(lines, packed);
                    packed.finish();
                } else {
                    entries = copy(lines, raw);
                }
                channel.force(true);
            }
            Files.move(
                    part,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return entries;
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "cannot write " + target + ": " + e.getMessage(),
                    e);
        } finally {
            remove(part);
        }
    }

    private static long copy(InputStream lines, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long entries = 0;
        for (int count = lines.read(buffer); count >= 0; count = lines.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    entries++;
                }
            }
            out.write(buffer, 0, count);
        }
        return entries;
    }

    private static void remove(@org.jspecify.annotations.Nullable Path part) {
        if (part == null) {
            return;
        }
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, "cannot remove " + part + ": " + e.getMessage(), e);
        }
    }
}
