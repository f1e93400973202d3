package dev.sheaf.cli.erasure;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.ErasedStore;
import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureState;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// An erasure as people read it, and its certificate as a file.
final class ErasureText {
    private ErasureText() {}

    static void print(Cli cli, ErasureInfo info) {
        table(info.stores(), info.state() == ErasureState.LOOKED).print(cli.terminal());
        cli.terminal().out().println(conclusion(info));
    }

    /// @param isDryRun whether nothing was changed
    static Table table(List<ErasedStore> stores, boolean isDryRun) {
        Table table =
                Table.of(
                        Table.Column.text("store"),
                        Table.Column.number("rows"),
                        Table.Column.number("rejected"),
                        Table.Column.text("releases gone"),
                        Table.Column.text("release"),
                        Table.Column.number("files"),
                        Table.Column.text("outcome"));
        for (ErasedStore store : stores) {
            table.row(
                    Cell.of(store.name()),
                    Cell.of(Long.toString(store.rows())),
                    Cell.of(Long.toString(store.rejectedRows())),
                    Cell.of(numbers(store.releasesGone())),
                    Cell.of(
                            store.release().isPresent()
                                    ? Long.toString(store.release().getAsLong())
                                    : ""),
                    Cell.of(Long.toString(store.files())),
                    Cell.of(store.problem().orElse(isDryRun ? "would go" : "gone")));
        }
        return table;
    }

    private static String conclusion(ErasureInfo info) {
        long failed = info.stores().stream().filter(store -> store.problem().isPresent()).count();
        return info.id()
                + " "
                + switch (info.state()) {
                    case RUNNING -> "goes on; 'sheaf erasures " + info.id() + "' tells how far";
                    case COMPLETE -> "is complete";
                    case LOOKED -> "was a dry run; nothing was changed";
                    case INTERRUPTED ->
                            "was interrupted: " + info.problem().orElse("order it again");
                    case INCOMPLETE ->
                            "is incomplete: "
                                    + info.problem()
                                            .orElseGet(() ->
                                                    Shown.count(failed, "store")
                                                            + " failed; order it again when that"
                                                            + " is put right");
                };
    }

    private static String numbers(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static int status(ErasureInfo info) {
        return switch (info.state()) {
            case COMPLETE, LOOKED, RUNNING -> ExitCode.OK.status();
            case INCOMPLETE, INTERRUPTED -> ExitCode.NEGATIVE.status();
        };
    }

    /// Writes the certificate, if there is one.
    static void keep(Cli cli, ErasureInfo info, Path folder) {
        if (info.certificate().isEmpty()) {
            return;
        }
        String name = "erasure-certificate-" + info.id().toLowerCase(Locale.ROOT) + ".json";
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, info.certificate().get() + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the certificate cannot be written to "
                            + file
                            + "; 'sheaf erasures "
                            + info.id()
                            + " -o FOLDER' writes it elsewhere",
                    e);
        }
        cli.terminal().err().println("certificate: " + file);
    }
}
