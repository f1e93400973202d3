package dev.sheaf.cli.policy;

import dev.sheaf.cli.CommandLineRun;
import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Terminal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Runs `sheaf policy …` in this process and keeps what it prints.
final class PolicyRig {
    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String in = "";

    /// @param folder the working directory
    PolicyRig(Path folder) {
        this.folder = folder;
    }

    PolicyRig input(String text) {
        in = text;
        return this;
    }

    /// @return the exit status
    int run(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false,
                        0,
                        Map.of(),
                        Optional.empty());
        Cli cli = new Cli(terminal, new ProfileStore(folder), Optional.empty(), folder);
        String[] line = new String[arguments.length + 1];
        line[0] = "policy";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return new CommandLineRun(cli).run(line);
    }

    PolicyRig write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        return this;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }

    JsonNode problem() {
        return JsonMapper.shared().readTree(err());
    }
}
