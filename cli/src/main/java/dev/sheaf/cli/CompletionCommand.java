package dev.sheaf.cli;

import dev.sheaf.cli.command.Cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `sheaf completion`: a script for bash or zsh that completes commands and options.
@Command(
        description = "Print a completion script for bash and zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(sheaf completion)                        this shell",
            "  sheaf completion > ~/.local/share/bash-completion/completions/sheaf"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Cli cli;

    CompletionCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        cli.terminal().out().print(AutoComplete.bash("sheaf", CommandLineRun.all(cli)));
        return 0;
    }
}
