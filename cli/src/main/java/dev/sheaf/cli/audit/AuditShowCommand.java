package dev.sheaf.cli.audit;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.Wire;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.governance.audit.note.Checkpoint;
import dev.sheaf.governance.audit.note.NoteKey;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf audit show`: one entry, and whether the log really has it.
@Command(
        name = "show",
        description = "Show an entry of the audit log, and check the proof that the log has it.",
        footer = {
            "",
            "The proof is checked here, with the key that is given or remembered of the node.",
            "Exit status 1 when it does not prove the entry. With --json: what an export has of"
                    + " it.",
            "",
            "Examples:",
            "  sheaf audit show 4711"
        })
final class AuditShowCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();
    @Mixin private final KeyOption given = new KeyOption();

    @Parameters(paramLabel = "INDEX", description = "The entry's number, from 0 on.")
    private long index;

    AuditShowCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<String> remarks = new ArrayList<>();
        NoteKey key;
        String answer;
        try (SheafClient client = Connection.open(cli, node)) {
            key =
                    NodeVerification.key(
                            client, new Remembered(cli.profiles().home()), given.key(cli), remarks);
            answer = client.audit().entry(index);
        }
        ExportLine line = ExportLine.parse(answer);
        boolean isProven =
                line.entry().sequence() == index && line.isProven(key.name(), List.of(key));
        JsonNode json = Wire.json().readTree(answer);
        cli.terminal()
                .out()
                .println(
                        node.json()
                                ? JsonAnswer.text(json)
                                : Glyphs.harmlessLines(JsonAnswer.text(json.path("entry"))));
        cli.terminal().out().flush();
        remarks.forEach(remark -> cli.terminal().err().println(Glyphs.harmlessLines(remark)));
        cli.terminal().err().println(Glyphs.harmless(told(line, key, isProven)));
        return (isProven ? ExitCode.OK : ExitCode.NEGATIVE).status();
    }

    private static String told(ExportLine line, NoteKey key, boolean isProven) {
        return isProven
                ? "proven: the log "
                        + key.name()
                        + " of "
                        + Checkpoint.parse(line.proof().checkpoint().text()).size()
                        + " entries has exactly this as entry "
                        + line.entry().sequence()
                : "NOT proven: with the key " + key + " the proof does not lead to this entry";
    }
}
