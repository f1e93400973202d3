package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.client.PolicyFileText;
import dev.sheaf.client.PolicyRevision;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.NearestName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf policy show`: the files of a node's policies.
@Command(
        name = "show",
        description = "Show the files of a node's policies, or one of them.",
        footer = {
            "",
            "Examples:",
            "  sheaf policy show",
            "  sheaf policy show masking.rego",
            "  sheaf policy show settings.yaml --revision 0   the standard pack's"
        })
public final class PolicyShowCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Only this one's text, by its path.")
    private @Nullable String file;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "Of this revision (default: that in force).")
    private @Nullable Long number;

    public PolicyShowCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        PolicyRevision revision;
        try (SheafClient client = Connection.open(cli, node)) {
            revision =
                    number == null
                            ? client.policies().inForce()
                            : client.policies().revision(number);
        }
        if (file != null) {
            print(find(revision, file));
        } else if (node.json()) {
            JsonAnswer.print(cli.terminal(), revision);
        } else {
            list(revision);
        }
        return 0;
    }

    private static PolicyFileText find(PolicyRevision revision, String path) {
        return revision.files().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> missing(revision, path));
    }

    private static Problem missing(PolicyRevision revision, String path) {
        List<String> paths = revision.files().stream().map(PolicyFileText::path).toList();
        return new Problem(
                ProblemCode.NOT_FOUND,
                "revision "
                        + revision.revision()
                        + " has no file '"
                        + path
                        + "'; "
                        + NearestName.of(path, paths)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("it has " + String.join(", ", paths)));
    }

    private void print(PolicyFileText text) {
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), text);
        } else {
            cli.terminal().out().print(Glyphs.harmlessLines(text.text()));
            if (!text.text().endsWith("\n")) {
                cli.terminal().out().println();
            }
        }
    }

    private void list(PolicyRevision revision) {
        Table table = Table.of(Column.text("file"), Column.number("lines"), Column.text("rego"));
        for (PolicyFileText each : revision.files()) {
            table.row(
                    Cell.of(each.path()),
                    Cell.of(Shown.count(each.text().lines().count())),
                    Cell.of(each.path().endsWith(".rego") ? "v" + each.regoVersion() : ""));
        }
        table.print(cli.terminal());
        cli.terminal()
                .out()
                .println(
                        "revision "
                                + revision.revision()
                                + " ("
                                + revision.digest()
                                + ")"
                                + (revision.inForce() ? ", in force" : ", not in force"));
    }
}
