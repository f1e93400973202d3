package dev.sheaf.cli.demo;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.local.LocalNode;
import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `sheaf demo`: the whole way on real data, in a home of its own that goes afterwards.
@Command(
        description = "Show everything on real data, and leave nothing behind.",
        footer = {
            "",
            "Starts three nodes on free ports in a temporary folder, runs real commands, checks"
                    + " what they bring about, and stops them.",
            "Exit status 0 only when every outcome was the expected one.",
            "",
            "Examples:",
            "  sheaf demo",
            "  sheaf demo --keep        the nodes stay, to look around"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    private final Cli cli;
    private final CommandRunner runner;

    @Mixin private final JsonOption json = new JsonOption();

    @Option(names = "--keep", description = "Leave the nodes running and its data where they are.")
    private boolean keep;

    /// @param runner runs the commands that the demo shows
    public DemoCommand(Cli cli, CommandRunner runner) {
        this.cli = cli;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        Path installation = cli.installation().orElseThrow(DemoCommand::noInstallation);
        if (!Files.isDirectory(installation.resolve("examples").resolve("mesh"))) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION, installation + " holds no examples/mesh");
        }
        Path home = Files.createTempDirectory("sheaf-demo-");
        Cli inside = inside(home, installation);
        Thread cleanup = new Thread(() -> clean(inside, home), "end-demo");
        Runtime.getRuntime().addShutdownHook(cleanup);
        boolean leave = false;
        long began = System.nanoTime();
        try {
            play(inside, home, began);
            leave = keep;
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleanup);
            if (!leave) {
                clean(inside, home);
            }
        }
        return ExitCode.OK.status();
    }

    private void play(Cli inside, Path home, long began) throws IOException {
        DemoStage stage = new DemoStage(inside, runner);
        stage.title("Three regions in three clouds, a node for each");
        stage.run(ExitCode.OK, "up", "--regions", regions(), "--port", "0");
        try (DemoRegions regions = DemoRegions.open(inside)) {
            regions.residentBytes()
                    .ifPresent(bytes ->
                            stage.say("Together they hold " + new ByteSize(bytes) + " of memory."));
            new PublishScenes(stage, regions, inside.workingDirectory()).play();
            new QuestionScenes(
                            stage,
                            regions,
                            inside.workingDirectory(),
                            Files.createDirectory(home.resolve("tokens")))
                    .play();
            new ImpactScenes(stage, regions).play();
            new PartitionScenes(stage, regions).play();
        }
        if (!keep) {
            stage.title("The end");
            stage.run(ExitCode.OK, "down");
            stage.say("The demo's own folder " + home + " goes, too.");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (json.json()) {
            JsonAnswer.print(
                    cli.terminal(), Map.of("millis", took.toMillis(), "commands", stage.scenes()));
        } else {
            epilogue(stage.scenes(), home, took);
        }
    }

    private static String regions() {
        return DemoRegions.ALL.stream().map(RegionName::toString).collect(Collectors.joining(","));
    }

    private void epilogue(List<DemoStage.Scene> scenes, Path home, Duration took) {
        Terminal terminal = cli.terminal();
        Palette palette = terminal.outPalette();
        long checks = scenes.stream().mapToLong(scene -> scene.checked().size()).sum();
        terminal.out().println();
        terminal.out()
                .println(
                        palette.good(
                                Shown.count(scenes.size(), "command")
                                        + " in "
                                        + Shown.duration(took)
                                        + ", "
                                        + Shown.count(checks, "outcome")
                                        + " as expected."));
        String prefix = keep ? "SHEAF_HOME=" + home + " sheaf " : "sheaf ";
        terminal.out().println("What to try next:");
        if (!keep) {
            terminal.out()
                    .println("  sheaf up && sheaf apply -f examples/mesh      a node that stays");
        }
        for (String next :
                List.of(
                        "shell                                      ask on your own",
                        "describe finance.purchase-orders           columns, contract, health",
                        "contract init --from YOUR.csv              a draft contract for your own"
                                + " data")) {
            terminal.out().println("  " + prefix + next);
        }
        if (keep) {
            terminal.out()
                    .println("  " + prefix + "down                                       stop it");
        }
    }

    /// The same terminal and installation, but a home of its own and none of the caller's settings.
    private Cli inside(Path home, Path installation) {
        Terminal outer = cli.terminal();
        Map<String, String> environment = new HashMap<>(outer.environment());
        environment
                .keySet()
                .removeIf(name -> name.equals("SHEAF_URL") || name.equals("SHEAF_TOKEN_FILE"));
        PrintStream out =
                json.json()
                        ? new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                        : outer.out();
        Terminal terminal =
                new Terminal(
                        outer.in(),
                        out,
                        outer.err(),
                        false,
                        outer.outIsTerminal() && !json.json(),
                        outer.errIsTerminal(),
                        outer.columns(),
                        environment,
                        outer.guard());
        return new Cli(terminal, new ProfileStore(home), Optional.of(installation), installation);
    }

    private static void clean(Cli inside, Path home) {
        try (Stream<Path> folders = Files.list(home)) {
            folders.filter(Files::isDirectory)
                    .forEach(folder ->
                            LocalNode.find(folder).ifPresent(node -> node.stop(STOP_MAX)));
        } catch (IOException e) {
            inside.terminal().err().println("warning: cannot look into " + home + ": " + e);
        }
        try (Stream<Path> entries = Files.walk(home)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            inside.terminal().err().println("warning: cannot remove " + home + ": " + e);
        }
    }

    private static Problem noInstallation() {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "'sheaf demo' needs the folder that the launcher knows: start it with ./sheaf");
    }
}
