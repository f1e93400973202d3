package dev.sheaf.cli;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.kernel.ExitCode;

import java.io.IOException;
import java.util.Optional;

/// The process that `./sheaf` starts.
public final class Main {
    private Main() {}

    /// Exits with the status of an [ExitCode].
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        int status = new CommandLineRun(Cli.ofProcess(terminal)).run(arguments);
        terminal.out().flush();
        Optional<IOException> failure = terminal.outFailure();
        if (failure.isPresent()) {
            terminal.err()
                    .println("error: cannot write standard output: " + failure.get().getMessage());
            status = ExitCode.UNAVAILABLE.status();
        }
        System.exit(status);
    }
}
