package dev.sheaf.cli.shell;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.query.SqlText;
import dev.sheaf.client.NodeInfo;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/// `sheaf shell`: SQL and meta commands, one after another.
@Command(
        description = "Ask questions interactively.",
        footer = {
            "",
            "Statements end with a semicolon; Tab completes products, columns and keywords; Ctrl-C"
                    + " cancels, Ctrl-D leaves.",
            "'.help' lists what else it understands. The history is kept in SHEAF_HOME.",
            "",
            "Examples:",
            "  sheaf shell",
            "  sheaf shell < questions.sql"
        })
public final class ShellCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public ShellCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try (SheafClient client = Connection.open(cli, node)) {
            NodeInfo info = client.node();
            Vocabulary vocabulary = new Vocabulary(client);
            ShellSession session = new ShellSession(cli, client, vocabulary);
            if (cli.terminal().inIsTerminal() && cli.terminal().outIsTerminal()) {
                cli.terminal()
                        .out()
                        .println(
                                "Sheaf "
                                        + info.version()
                                        + " at "
                                        + info.region()
                                        + ". Statements end with ';', .help lists commands.");
                cli.terminal().out().flush();
                new InteractiveShell(cli, session, vocabulary).run();
            } else {
                readAll(session);
            }
        }
        return 0;
    }

    /// The same without a terminal: for pipes and tests.
    private void readAll(ShellSession session) {
        StringBuilder statement = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(cli.terminal().in(), StandardCharsets.UTF_8))) {
            boolean more = true;
            for (String line = lines.readLine(); line != null && more; line = lines.readLine()) {
                boolean meta = statement.isEmpty() && line.startsWith(".");
                statement.append(line).append('\n');
                if (meta || SqlText.isComplete(statement.toString())) {
                    more = session.handle(statement.toString());
                    statement.setLength(0);
                }
            }
            if (more && !statement.toString().isBlank()) {
                session.handle(statement.toString());
            }
        } catch (IOException e) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, "cannot read standard input: " + e, e);
        }
    }
}
