package dev.sheaf.cli.context;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.client.ContextTypeInfo;
import dev.sheaf.client.SheafClient;
import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.ContextTypeReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `sheaf context types apply`: declares types, each checked here before anything is sent.
@Command(
        name = "apply",
        description = "Declare context types, or new revisions of them.",
        footer = {
            "",
            "Every finding is shown with its line; with one, nothing is sent.",
            "",
            "Examples:",
            "  sheaf context types apply support.conversation.yaml agent.state.yaml",
            "  sheaf context types apply - < session.yaml"
        })
final class TypesApplyCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Declarations in YAML, one each; - for standard input.")
    private List<String> files = new ArrayList<>();

    TypesApplyCommand(Cli cli) {
        this.cli = cli;
    }

    /// @param yaml as it came
    private record Declaration(String name, byte[] yaml) {}

    @Override
    public Integer call() {
        List<Declaration> declarations = files.stream().map(this::read).toList();
        List<ContextTypeInfo> applied = new ArrayList<>();
        try (SheafClient client = Connection.open(cli, node)) {
            for (Declaration declaration : declarations) {
                applied.add(client.contexts().applyType(declaration.name(), declaration.yaml()));
            }
        }
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), new dev.sheaf.client.ContextTypeList(applied));
        } else {
            TypesCommand.print(cli, applied);
        }
        return 0;
    }

    private Declaration read(String file) {
        byte[] yaml = Contents.read(cli, file);
        ContextType type =
                ContextTypeReader.read(new String(yaml, StandardCharsets.UTF_8), file).orThrow();
        return new Declaration(type.name(), yaml);
    }
}
