package dev.sheaf.cli;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Failure;
import dev.sheaf.kernel.ExitCode;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// One call of `sheaf`: finds the command, runs it, turns whatever happens into output and an exit
/// status.
public final class CommandLineRun {
    private static final int HELP_COLUMNS_MIN = 80;
    private static final int HELP_COLUMNS_MAX = 120;
    private static final List<String> VERSION = List.of("-V", "--version");

    private final Cli cli;

    public CommandLineRun(Cli cli) {
        this.cli = cli;
    }

    /// Runs one command line to its end.
    ///
    /// @return an [ExitCode]'s status; nothing is thrown
    public int run(String... arguments) {
        Failure failure = new Failure(cli.terminal(), Arrays.asList(arguments).contains("--json"));
        PrintWriter out = new PrintWriter(cli.terminal().out(), true);
        CommandLine line = commandLine(cli, wanted(arguments));
        line.setOut(out);
        line.setErr(new PrintWriter(cli.terminal().err(), true));
        line.setParameterExceptionHandler((e, _) -> usage(failure, e));
        line.setExecutionExceptionHandler((e, _, _) ->
                failure.report(
                        e instanceof CommandLine.ExecutionException wrapped ? cause(wrapped) : e));
        int status = line.execute(arguments);
        out.flush();
        return status;
    }

    private static Throwable cause(CommandLine.ExecutionException wrapped) {
        Throwable cause = wrapped.getCause();
        return cause == null ? wrapped : cause;
    }

    private static int usage(Failure failure, ParameterException e) {
        CommandLine where = e.getCommandLine();
        List<String> similar =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String help = "see '" + where.getCommandSpec().qualifiedName() + " --help'";
        return failure.usage(
                String.valueOf(e.getMessage()),
                similar.isEmpty()
                        ? help
                        : "did you mean " + String.join(" or ", similar) + "? Or " + help);
    }

    /// The one command that is called, if it can be told: reading the annotations of all would take
    /// longer than many commands do.
    private static List<CommandList.Entry> wanted(String[] arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return List.of();
        }
        return arguments.length == 0
                ? CommandList.ALL
                : CommandList.find(arguments[0]).map(List::of).orElse(CommandList.ALL);
    }

    /// The whole tree of commands, for help, completion and the reference in docs.
    public static CommandLine all(Cli cli) {
        return commandLine(cli, CommandList.ALL);
    }

    private static CommandLine commandLine(Cli cli, List<CommandList.Entry> entries) {
        CommandLine root = new CommandLine(new RootCommand());
        for (CommandList.Entry entry : entries) {
            root.addSubcommand(entry.name(), entry.make().apply(cli));
        }
        root.getCommandSpec().versionProvider(() -> new String[] {"sheaf " + cli.version()});
        boolean colours = cli.terminal().outPalette().on();
        int columns = cli.terminal().columns();
        root.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setUsageHelpWidth(
                columns == 0
                        ? HELP_COLUMNS_MAX
                        : Math.clamp(columns, HELP_COLUMNS_MIN, HELP_COLUMNS_MAX));
        addStandardOptions(root.getCommandSpec(), true);
        root.getHelpSectionMap()
                .put(
                        CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        CommandList::renderGroups);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExitCodeExceptionMapper(_ -> ExitCode.INTERNAL.status());
        return root;
    }

    private static void addStandardOptions(CommandSpec spec, boolean withVersion) {
        spec.addOption(
                CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .arity("0")
                        .type(boolean.class)
                        .description("Show this text.")
                        .build());
        if (withVersion) {
            spec.addOption(
                    CommandLine.Model.OptionSpec.builder(VERSION.getFirst(), VERSION.getLast())
                            .versionHelp(true)
                            .arity("0")
                            .type(boolean.class)
                            .description("Show the version.")
                            .build());
        }
        for (Map.Entry<String, CommandLine> sub : spec.subcommands().entrySet()) {
            addStandardOptions(sub.getValue().getCommandSpec(), false);
        }
    }
}
