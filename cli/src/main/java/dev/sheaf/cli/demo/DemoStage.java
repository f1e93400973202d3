package dev.sheaf.cli.demo;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Runs real commands before an audience: says what comes, shows the command as one would type it,
/// lets it print, and stops the play when it did not end as it had to. Not safe for threads.
final class DemoStage {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// One command that was run.
    record Scene(String title, String command, int exitStatus, long millis, List<String> checked) {}

    private final Cli cli;
    private final CommandRunner runner;
    private final List<Scene> scenes = new ArrayList<>();
    private String title = "";

    /// @param cli whose terminal is shown to the audience
    DemoStage(Cli cli, CommandRunner runner) {
        this.cli = cli;
        this.runner = runner;
    }

    List<Scene> scenes() {
        return List.copyOf(scenes);
    }

    void title(String text) {
        title = text;
        say("");
        say(palette().bold((scenes.isEmpty() ? "" : "\n") + "── " + text + " ──").strip());
    }

    void say(String text) {
        terminal().out().println(text);
    }

    /// Runs a command that has to end with the given status.
    ///
    /// @throws Problem INTERNAL when it ends otherwise
    void run(ExitCode expected, String... arguments) {
        String command = "sheaf " + String.join(" ", shown(arguments));
        say(palette().accent("$ " + command));
        terminal().out().flush();
        long began = System.nanoTime();
        int status = runner.run(cli, arguments);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        scenes.add(new Scene(title, command, status, took.toMillis(), new ArrayList<>()));
        if (status != expected.status()) {
            throw new Problem(
                    ProblemCode.INTERNAL,
                    "the demo stops: '"
                            + command
                            + "' ended with exit status "
                            + status
                            + " where "
                            + expected.status()
                            + " was due");
        }
        say(palette().dim("  " + Shown.duration(took) + ", exit status " + status));
    }

    /// Runs a command at the node of a region.
    ///
    /// @throws Problem INTERNAL when it ends otherwise
    void at(RegionName region, ExitCode expected, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--region";
        all[arguments.length + 1] = region.toString();
        run(expected, all);
    }

    /// Waits for a fact that has to come about after the last command.
    ///
    /// @throws Problem INTERNAL when it does not within [#PATIENCE]
    void await(String fact, BooleanSupplier holds) {
        long began = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                check(fact, false);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Problem(ProblemCode.CANCELLED, "interrupted", e);
            }
        }
        check(
                fact
                        + " (after "
                        + Shown.duration(Duration.ofNanos(System.nanoTime() - began))
                        + ")",
                true);
    }

    /// Notes a fact that has to hold after the last command.
    ///
    /// @throws Problem INTERNAL when it does not
    void check(String fact, boolean holds) {
        if (!holds) {
            throw new Problem(
                    ProblemCode.INTERNAL, "the demo stops, because this is not so: " + fact);
        }
        scenes.getLast().checked().add(fact);
        say(palette().good("  ✓ ") + fact);
    }

    private static List<String> shown(String[] arguments) {
        List<String> shown = new ArrayList<>();
        for (String argument : arguments) {
            shown.add(
                    argument.matches("[A-Za-z0-9_./:=,@%+-]+")
                            ? argument
                            : "\"" + argument.replace("\"", "\\\"") + "\"");
        }
        return shown;
    }

    private Terminal terminal() {
        return cli.terminal();
    }

    private Palette palette() {
        return cli.terminal().outPalette();
    }
}
