package dev.sheaf.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sheaf` itself: it only leads to its commands.
@Command(
        name = "sheaf",
        description = "A cross-cloud data mesh: contracts, data products and SQL over them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%n",
        footer = {
            "",
            "Begin with 'sheaf demo', which shows everything on real data and leaves nothing"
                    + " behind,",
            "or 'sheaf up', which starts a node that stays. 'sheaf COMMAND --help' has examples."
        })
final class RootCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what is to be done? Name a command");
    }
}
