package dev.sheaf.cli;

import dev.sheaf.cli.command.Cli;

import picocli.CommandLine.Help;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Every command by name, in the order and groups of `sheaf --help`.
final class CommandList {
    /// @param make builds the command for the surroundings it is to run in
    record Entry(String group, String name, Function<Cli, Object> make) {}

    static final List<Entry> ALL =
            List.of(new Entry("Other", "completion", CompletionCommand::new));

    private CommandList() {}

    static Optional<Entry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /// The command list of `sheaf --help`, by groups.
    static String renderGroups(Help help) {
        StringBuilder text = new StringBuilder();
        String group = "";
        for (Entry entry : ALL) {
            Help command = help.subcommands().get(entry.name());
            if (command == null) {
                continue;
            }
            if (!entry.group().equals(group)) {
                group = entry.group();
                text.append(help.colorScheme().ansi().string("@|bold " + group + "|@"))
                        .append('\n');
            }
            String[] description = command.commandSpec().usageMessage().description();
            text.append(
                    String.format(
                            "  %-12s %s%n",
                            entry.name(), description.length == 0 ? "" : description[0]));
        }
        return text.toString();
    }
}
