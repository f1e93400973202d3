package dev.sheaf.cli;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.Profile;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Runs command lines in this process against a [FakeNode] and keeps what they print.
final class CommandRig implements AutoCloseable {
    /// @param status the exit status
    record Outcome(int status, String out, String err) {}

    final FakeNode node = new FakeNode();
    final Map<String, String> environment = new HashMap<>();
    private final Path folder;
    private Optional<Path> installation = Optional.empty();
    private boolean onTerminal;
    private String input = "";

    /// @param folder home and working directory
    CommandRig(Path folder) throws IOException {
        this.folder = folder;
        Path token = folder.resolve("token");
        Files.writeString(token, FakeNode.TOKEN + "\n");
        new ProfileStore(folder)
                .write(
                        Optional.empty(),
                        new Profile(node.url(), Optional.of(token), Optional.empty()));
    }

    CommandRig onTerminal() {
        onTerminal = true;
        return this;
    }

    /// What `sheaf up` starts nodes from.
    CommandRig installation(Path home) {
        installation = Optional.of(home);
        return this;
    }

    CommandRig input(String text) {
        input = text;
        return this;
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        onTerminal,
                        false,
                        onTerminal ? 80 : 0,
                        environment,
                        Optional.empty());
        Cli cli = new Cli(terminal, new ProfileStore(folder), installation, folder);
        int status = new CommandLineRun(cli).run(arguments);
        return new Outcome(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        node.close();
    }
}
