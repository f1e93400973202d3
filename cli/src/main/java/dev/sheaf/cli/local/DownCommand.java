package dev.sheaf.cli.local;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Progress;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf down`: stops the node that `sheaf up` started.
@Command(
        description = "Stop the node that 'sheaf up' started.",
        footer = {
            "",
            "What is under way ends first, for half a minute at most. Nothing is lost; 'sheaf up'"
                    + " starts it again.",
            "",
            "Examples:",
            "  sheaf down",
            "  sheaf down --profile west"
        })
public final class DownCommand implements Callable<Integer> {
    static final Duration GRACE_MAX = Duration.ofSeconds(35);

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Option(names = "--data", paramLabel = "DIR", description = "The node's data directory.")
    private @Nullable Path data;

    @Option(names = "--profile", paramLabel = "NAME", description = "The node's profile.")
    private @Nullable String profile;

    public DownCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Path dataDirectory =
                NodeFolders.data(cli, Optional.ofNullable(data), Optional.ofNullable(profile));
        Optional<LocalNode> node = LocalNode.find(dataDirectory);
        String state = "was not running";
        if (node.isPresent()) {
            try (Progress progress = new Progress(cli.terminal(), json.json())) {
                progress.step("stopping process " + node.get().process().pid());
                state = node.get().stop(GRACE_MAX) ? "stopped" : "killed";
            }
        }
        if (json.json()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("state", state);
            members.put("dataDirectory", dataDirectory.toString());
            node.ifPresent(stopped -> members.put("pid", stopped.process().pid()));
            JsonAnswer.print(cli.terminal(), members);
        } else {
            cli.terminal().out().println(sentence(state, dataDirectory));
        }
        return 0;
    }

    private static String sentence(String state, Path dataDirectory) {
        return switch (state) {
            case "stopped" -> "The node has stopped. Its data stays in " + dataDirectory + ".";
            case "killed" ->
                    "The node did not stop in time and was killed. Its data is safe in "
                            + dataDirectory
                            + ".";
            default -> "No node runs with the data directory " + dataDirectory + ".";
        };
    }
}
