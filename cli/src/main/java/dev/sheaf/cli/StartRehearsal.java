package dev.sheaf.cli;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Terminal;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Runs what most commands begin with, while the JVM notes which classes that takes: the launcher
/// turns the notes into the start-up cache. Prints nothing and reaches no node but one that is not
/// there.
final class StartRehearsal {
    private StartRehearsal() {}

    public static void main(String[] arguments) {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        false,
                        true,
                        false,
                        100,
                        Map.of(),
                        Optional.empty());
        Cli cli =
                new Cli(
                        terminal,
                        new ProfileStore(Path.of("/nonexistent")),
                        Optional.empty(),
                        Path.of("/"));
        for (String line :
                new String[] {
                    "--version",
                    "--help",
                    "completion --help",
                    "status --json --url http://127.0.0.1:9",
                    "products --url http://127.0.0.1:9",
                    "no-such-command"
                }) {
            new CommandLineRun(cli).run(line.split(" ", -1));
        }
    }
}
