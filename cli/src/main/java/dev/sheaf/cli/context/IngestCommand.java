package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.ContextClient;
import dev.sheaf.client.ContextIngest;
import dev.sheaf.client.ContextIngestResult;
import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ExitCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf context ingest`: events from a file or a pipe.
@Command(
        name = "ingest",
        description = "Write events: one, an array, or one per line; CloudEvents too.",
        footer = {
            "",
            "Events that were there already have no effect twice, so what broke off is simply sent"
                    + " again. Lines are",
            "sent in batches. Exit status 1 when events were refused; the others are written.",
            "",
            "Examples:",
            "  sheaf context ingest --file events.ndjson",
            "  sheaf context ingest --type support.conversation < event.json"
        })
final class IngestCommand implements Callable<Integer> {
    private static final int REFUSED_SHOWN_MAX = 20;

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final PurposeOption purpose = new PurposeOption();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "The events as JSON; - for standard input, the default.")
    private String file = "";

    @Option(names = "--type", paramLabel = "TYPE", description = "For events that name none.")
    private @Nullable String type;

    IngestCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<ContextIngestResult> results = new ArrayList<>();
        try (SheafClient client = Connection.open(cli, node);
                InputStream in = Contents.open(cli, file)) {
            ContextClient contexts = purpose.contexts(client);
            EventBatches batches = new EventBatches(in);
            for (Optional<EventBatches.Batch> batch = batches.next();
                    batch.isPresent();
                    batch = batches.next()) {
                int first = results.size();
                contexts.ingest(
                                batch.get().bytes(),
                                batch.get().mediaType(),
                                Optional.ofNullable(type))
                        .results()
                        .forEach(result -> results.add(moved(result, first)));
            }
        } catch (IOException e) {
            throw Contents.unreadable(file, e);
        }
        ContextIngest all = ContextIngest.of(results);
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), all);
        } else {
            print(all);
        }
        return all.refused() == 0 ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private static ContextIngestResult moved(ContextIngestResult result, int by) {
        return new ContextIngestResult(result.index() + by, result.receipt(), result.problem());
    }

    private void print(ContextIngest all) {
        cli.terminal()
                .out()
                .println(
                        Shown.count(all.events(), "event")
                                + ": "
                                + Shown.count(all.written())
                                + " written, "
                                + Shown.count(all.duplicates())
                                + " there already, "
                                + Shown.count(all.refused())
                                + " refused");
        if (all.refused() == 0) {
            return;
        }
        Table table = Table.of(Column.number("event"), Column.text("code"), Column.text("reason"));
        for (ContextIngestResult result : all.results()) {
            Optional<ProblemBody> problem = result.problem();
            if (problem.isPresent() && table.size() < REFUSED_SHOWN_MAX) {
                table.row(
                        Cell.of(result.index()),
                        Cell.of(problem.get().code()),
                        Cell.of(problem.get().detail()));
            }
        }
        table.print(cli.terminal());
        if (all.refused() > table.size()) {
            cli.terminal()
                    .out()
                    .println("and " + Shown.count(all.refused() - table.size()) + " more");
        }
    }
}
