package dev.sheaf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.kernel.ExitCode;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// `docs/cli.md` is what the commands say of themselves. `-Dsheaf.docs=fix` writes it anew.
final class CliReferenceTest {
    @Test
    void theReferenceIsCurrent() throws IOException {
        Path file = Path.of(System.getProperty("sheaf.repo", "..")).resolve("docs/cli.md");
        String reference = reference();
        if ("fix".equals(System.getProperty("sheaf.docs"))) {
            Files.writeString(file, reference);
        }
        assertEquals(
                reference,
                Files.readString(file),
                "docs/cli.md is not current: mvn -pl cli -am test -Dtest=CliReferenceTest"
                        + " -Dsheaf.docs=fix -Dsurefire.failIfNoSpecifiedTests=false");
    }

    private static String reference() {
        StringBuilder text =
                new StringBuilder(
                        """
                        # The command line

                        Written from the commands themselves by `CliReferenceTest`; change the commands, not this page.

                        ## For all commands
                        * **Which node.** `--url` and `--token-file`, else `SHEAF_URL` and `SHEAF_TOKEN_FILE`, else the profile that `sheaf up` wrote
                          to `$SHEAF_HOME/profile.json` (default `~/.sheaf`; mode 0600). A profile's token is sent to its own node only.
                        * **Output.** Tables for people; with `--json` one JSON document in the shape that `spec/openapi.yaml` gives the same thing.
                          Progress and remarks go to standard error. Colours and progress bars appear on terminals only; `NO_COLOR` is honoured.
                        * **Errors** go to standard error: `error: …` with the way out, or with `--json` the problem document of RFC 9457. `SHEAF_TRACE=1`
                          adds the stack trace of a fault of Sheaf itself.

                        | exit status | meaning |
                        | --- | --- |
                        """);
        for (ExitCode code : ExitCode.values()) {
            text.append("| ")
                    .append(code.status())
                    .append(" | ")
                    .append(meaning(code))
                    .append(" |\n");
        }
        CommandLine root = CommandLineRun.all(nowhere());
        String group = "";
        for (CommandList.Entry entry : CommandList.ALL) {
            if (!entry.group().equals(group)) {
                group = entry.group();
                text.append("\n## ").append(group).append('\n');
            }
            section(
                    text,
                    Objects.requireNonNull(root.getSubcommands().get(entry.name()), entry.name()));
        }
        return text.toString();
    }

    private static void section(StringBuilder text, CommandLine command) {
        text.append("\n### ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n```text\n");
        text.append(
                command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                        .lines()
                        .map(String::stripTrailing)
                        .reduce("", (all, line) -> all + line + "\n"));
        text.append("```\n");
        command.getSubcommands().values().forEach(sub -> section(text, sub));
    }

    private static String meaning(ExitCode code) {
        return switch (code) {
            case OK -> "done";
            case NEGATIVE ->
                    "the answer is no: invalid contract or policy, refused release, breaking"
                            + " change, undefined query, failed test";
            case USAGE -> "the command or its input was wrong";
            case NOT_FOUND -> "no such thing, or none that you may know of";
            case DENIED -> "not allowed, or no valid token";
            case CONFLICT -> "the state has moved on; look again";
            case UNAVAILABLE -> "something needed does not answer; trying again can help";
            case INTERNAL -> "a fault of Sheaf itself";
            case CANCELLED -> "cancelled (" + code.name().toLowerCase(Locale.ROOT) + " by Ctrl-C)";
        };
    }

    private static Cli nowhere() {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        false,
                        false,
                        false,
                        0,
                        Map.of(),
                        Optional.empty());
        return new Cli(
                terminal, new ProfileStore(Path.of("/none")), Optional.empty(), Path.of("/"));
    }
}
