package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.ContextClient;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.SubjectErased;
import dev.sheaf.client.SubjectErasure;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/// `sheaf context erase`: a document, or all of a subject's, for good and in all regions.
@Command(
        name = "erase",
        description = "Erase a document, or all documents of a subject, in all regions.",
        footer = {
            "",
            "What is written at the same time goes too, and nothing brings it back. Therefore the"
                    + " id or the subject",
            "has to be written twice. Needs the scope context.erase (a document: context.write"
                    + " too); it is audited.",
            "",
            "Examples:",
            "  sheaf context erase support.conversation c-17 --confirm c-17",
            "  sheaf context erase support.conversation --subject customer-4711 --confirm"
                    + " customer-4711"
        })
final class EraseCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The context type.")
    private String type = "";

    @Parameters(index = "1", paramLabel = "ID", arity = "0..1", description = "A document's id.")
    private @Nullable String id;

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Whose documents, instead of one document.")
    private @Nullable String subject;

    @Option(
            names = "--confirm",
            paramLabel = "ID|SUBJECT",
            required = true,
            description = "The same once more.")
    private String confirmed = "";

    @Option(
            names = "--event-id",
            paramLabel = "ID",
            description = "The erasure's id; the same one twice has the effect of once.")
    private @Nullable String eventId;

    EraseCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        String event = eventId == null ? UUID.randomUUID().toString() : eventId;
        if (id != null && subject == null) {
            require(id);
            one(new ContextKey(type, id), event);
        } else if (subject != null && id == null) {
            require(subject);
            all(new SubjectErasure(subject, Optional.of(event)));
        } else {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "name the id of a document, or a subject with --subject, one of the two");
        }
        return 0;
    }

    private void require(String name) {
        if (!name.equals(confirmed)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "--confirm says '"
                            + confirmed
                            + "', which is not '"
                            + name
                            + "'; nothing was erased");
        }
    }

    private void one(ContextKey key, String event) {
        ContextWrite write =
                new ContextWrite(
                        Optional.of(event),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false);
        try (SheafClient client = Connection.open(cli, node)) {
            ContextClient contexts = client.contexts();
            ReceiptText.print(cli.terminal(), contexts.erase(key, write), node.json());
        }
    }

    private void all(SubjectErasure erasure) {
        SubjectErased erased;
        try (SheafClient client = Connection.open(cli, node)) {
            erased = client.contexts().eraseSubject(type, erasure);
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), erased);
        } else {
            cli.terminal()
                    .out()
                    .println("erased " + Shown.count(erased.erased(), "document") + " here");
        }
    }
}
