package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.AuditEntryInfo;
import dev.sheaf.client.AuditPage;
import dev.sheaf.client.AuditSearch;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf audit search`: entries of a node's audit log.
@Command(
        name = "search",
        description = "Look for entries of a node's audit log, newest first.",
        footer = {
            "",
            "For the role auditor, or tokens of all domains, with the scope audit.read.",
            "",
            "Examples:",
            "  sheaf audit search --action query.read --resource customer.customers --from 7d",
            "  sheaf audit search --decision deny,error --actor ana -n 20 --json"
        })
final class AuditSearchCommand implements Callable<Integer> {
    private static final int PAGE_MAX = 1000;

    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final SearchOptions wanted = new SearchOptions();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "ENTRIES",
            defaultValue = "100",
            description = "How many at most (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--oldest", description = "Oldest first.")
    private boolean oldestFirst;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Go on where a search with the same options stopped.")
    private @Nullable String cursor;

    AuditSearchCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new Problem(ProblemCode.INVALID_VALUE, "--limit " + limit + " is below 1");
        }
        AuditSearch search = wanted.search(Instant.now());
        AuditPage found;
        try (SheafClient client = Connection.open(cli, node)) {
            found = pages(client, search);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), found);
            return 0;
        }
        table(found.entries()).print(cli.terminal());
        cli.terminal().out().flush();
        found.next()
                .ifPresent(next ->
                        cli.terminal()
                                .err()
                                .println("there are more: --limit, or --cursor " + next));
        return 0;
    }

    private AuditPage pages(SheafClient client, AuditSearch search) {
        List<AuditEntryInfo> entries = new ArrayList<>();
        Optional<String> next = Optional.ofNullable(cursor);
        AuditPage page;
        do {
            int wantedNow = Math.min(PAGE_MAX, limit - entries.size());
            page = client.audit().search(search, oldestFirst, next, wantedNow);
            entries.addAll(page.entries());
            next = page.next();
        } while (next.isPresent() && entries.size() < limit);
        return new AuditPage(entries, next, page.size());
    }

    private static Table table(List<AuditEntryInfo> entries) {
        Table table =
                Table.of(
                        Column.number("entry"),
                        Column.text("at"),
                        Column.text("actor"),
                        Column.text("action"),
                        Column.text("resource"),
                        Column.text("decision"),
                        Column.text("purpose"));
        for (AuditEntryInfo entry : entries) {
            table.row(
                    Cell.of(entry.seq()),
                    Cell.of(Shown.instant(entry.time())),
                    Cell.of(entry.actor()),
                    Cell.of(entry.action()),
                    Cell.of(entry.resource()),
                    DecisionCell.of(entry.decision()),
                    Cell.of(entry.details().path("purpose").asString("")));
        }
        return table;
    }
}
