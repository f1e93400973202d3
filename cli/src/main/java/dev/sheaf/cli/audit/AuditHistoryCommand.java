package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.AuditAccess;
import dev.sheaf.client.AuditHistory;
import dev.sheaf.client.AuditHistoryRequest;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/// `sheaf audit history`: who saw a person's data.
@Command(
        name = "history",
        description = "Show who saw a person's data: when, for what, which document or product.",
        footer = {
            "",
            "Newest first. 'document' names the person; 'product' read a product whose current"
                    + " release",
            "has rows of the person, and may have seen them. Auditors see all domains, others their"
                    + " own.",
            "",
            "Examples:",
            "  sheaf audit history --subject c-17",
            "  sheaf audit history customer.customers --subject 12 --json"
        })
final class AuditHistoryCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "TYPE|PRODUCT",
            arity = "0..1",
            description = "One context type or product; default: all that you may know of.")
    private @Nullable String within;

    @Option(
            names = "--subject",
            paramLabel = "ID",
            required = true,
            description = "The person, as types and products name them.")
    private String subject = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "ACCESSES",
            defaultValue = "100",
            description = "How many (1 to 1000; default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Go on where a history with the same options stopped.")
    private @Nullable String cursor;

    AuditHistoryCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        AuditHistory history;
        try (SheafClient client = Connection.open(cli, node)) {
            history =
                    client.audit()
                            .history(
                                    new AuditHistoryRequest(
                                            subject,
                                            Optional.ofNullable(within),
                                            Optional.ofNullable(cursor),
                                            OptionalInt.of(limit)));
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), history);
            return 0;
        }
        table(history).print(cli.terminal());
        cli.terminal().out().flush();
        if (!history.isKnown()) {
            tell(
                    "no entry names this person: no document of theirs was touched since the log"
                            + " began, or they were forgotten");
        }
        if (!history.products().isEmpty()) {
            tell("has rows of the person: " + String.join(", ", history.products()));
        }
        history.skipped().forEach(why -> tell("could not be asked: " + why));
        history.next().ifPresent(next -> tell("there is more: --cursor " + next));
        return 0;
    }

    private void tell(String remark) {
        cli.terminal().err().println(Glyphs.harmless(remark));
    }

    private static Table table(AuditHistory history) {
        Table table =
                Table.of(
                        Column.text("at"),
                        Column.text("who"),
                        Column.text("what"),
                        Column.text("of"),
                        Column.text("purpose"),
                        Column.text("decision"),
                        Column.text("masked"),
                        Column.text("by"),
                        Column.number("entry"));
        for (AuditAccess access : history.accesses()) {
            table.row(
                    Cell.of(Shown.instant(access.time())),
                    Cell.of(access.actor()),
                    Cell.of(access.action()),
                    Cell.of(access.resource()),
                    Cell.of(access.purpose()),
                    DecisionCell.of(access.decision()),
                    Cell.of(String.join(", ", access.masked())),
                    Cell.of(access.match()),
                    Cell.of(access.seq()));
        }
        return table;
    }
}
