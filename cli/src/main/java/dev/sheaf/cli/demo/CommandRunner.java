package dev.sheaf.cli.demo;

import dev.sheaf.cli.command.Cli;

/// Runs a command line in the given surroundings, as if it had been typed.
public interface CommandRunner {
    /// @return the exit status
    int run(Cli cli, String... arguments);
}
