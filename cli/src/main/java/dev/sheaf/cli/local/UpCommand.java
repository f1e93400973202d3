package dev.sheaf.cli.local;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.cli.profile.Profile;
import dev.sheaf.cli.terminal.Progress;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/// `sheaf up`: starts a node, or one for each of several regions, and makes it (the first) the one
/// that other commands speak to.
@Command(
        description = "Start a node on this machine.",
        footer = {
            "",
            "Returns when the node is ready; the node goes on. Its own issuer and a profile that"
                    + " only you can read are made",
            "on the way. Several nodes get a small heap and one compiler each; one alone gets what"
                    + " the JVM finds right",
            "for the machine. SHEAF_NODE_JAVA_OPTS holds more options for its JVM.",
            "",
            "Examples:",
            "  sheaf up",
            "  sheaf up --region azure/westeurope --data /srv/sheaf --port 7351 --profile west",
            "  sheaf up --regions aws/us-east-1,azure/westeurope  several nodes that know each"
                    + " other",
            "  sheaf up --foreground                             for a supervisor or a container"
        })
public final class UpCommand implements Callable<Integer> {
    private static final String REGION_DEFAULT = "aws/us-east-1";

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Option(
            names = "--region",
            paramLabel = "CLOUD/LOCATION",
            description = "The region it serves (default: as configured, else aws/us-east-1).")
    private @Nullable String region;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Its data directory (default: in SHEAF_HOME, ~/.sheaf).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port; 0 for any free one (default: as configured, else 7350).")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Its configuration (default: sheaf.yaml in the data directory, if there).")
    private @Nullable Path config;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Keep it as a profile of this name, beside the default one.")
    private @Nullable String profile;

    @Option(
            names = "--regions",
            paramLabel = "REGION",
            split = ",",
            description =
                    "Start a node for each of these regions, by commas; --port is that of the"
                            + " first.")
    private List<String> regions = new ArrayList<>();

    @Option(names = "--foreground", description = "Stay with the node until it ends.")
    private boolean foreground;

    public UpCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        if (!regions.isEmpty()) {
            return startMesh();
        }
        Optional<String> name = Optional.ofNullable(profile);
        Path dataDirectory = NodeFolders.data(cli, Optional.ofNullable(data), name);
        Optional<LocalNode> running = LocalNode.find(dataDirectory);
        if (running.isPresent() && running.get().port().isPresent()) {
            URI url = URI.create("http://127.0.0.1:" + running.get().port().getAsInt());
            keep(name, url, dataDirectory);
            answer(url, dataDirectory, running.get().process().pid(), "already runs");
            return 0;
        }
        NodeStart start =
                new NodeStart(
                        cli.installation().orElseThrow(UpCommand::noInstallation),
                        dataDirectory,
                        Optional.ofNullable(config).map(cli.workingDirectory()::resolve),
                        region(dataDirectory),
                        port == null ? OptionalInt.empty() : OptionalInt.of(port),
                        NodeFolders.log(cli, name),
                        NodeJvm.Share.ALONE,
                        javaOptions());
        return foreground ? stay(start, name) : leave(start, name);
    }

    private int startMesh() {
        if (region != null || data != null || config != null || profile != null || foreground) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "--regions goes with --port and --json only; each node has a data directory,"
                            + " configuration and profile of its own");
        }
        long began = System.nanoTime();
        LocalMesh mesh =
                MeshPlan.of(
                        regions.stream().map(RegionName::parse).toList(),
                        port == null ? OptionalInt.empty() : OptionalInt.of(port),
                        LocalMesh.read(cli.profiles()));
        List<MeshStart.Running> running;
        try (Progress progress = new Progress(cli.terminal(), json.json())) {
            running =
                    new MeshStart(
                                    cli,
                                    cli.installation().orElseThrow(UpCommand::noInstallation),
                                    javaOptions())
                            .start(mesh, progress);
        }
        String took = Shown.duration(Duration.ofNanos(System.nanoTime() - began));
        if (json.json()) {
            JsonAnswer.print(
                    cli.terminal(),
                    Map.of("nodes", running.stream().map(UpCommand::members).toList()));
            return 0;
        }
        for (MeshStart.Running node : running) {
            sentence(
                    "The node of "
                            + node.member().region()
                            + " at "
                            + node.url()
                            + " "
                            + (node.started() ? "is ready" : "already runs"),
                    node.pid(),
                    node.dataDirectory());
        }
        cli.terminal()
                .out()
                .println(
                        "All are ready after "
                                + took
                                + ". Next: 'sheaf status' looks at them, '--region REGION' says"
                                + " which a command speaks to (default: the first), 'sheaf down'"
                                + " stops them.");
        return 0;
    }

    private static Map<String, Object> members(MeshStart.Running node) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("region", node.member().region().toString());
        members.put("url", node.url().toString());
        members.put("pid", node.pid());
        members.put("dataDirectory", node.dataDirectory().toString());
        members.put("profile", node.member().profile());
        LocalNode.jdbcUrl(node.dataDirectory()).ifPresent(jdbc -> members.put("jdbcUrl", jdbc));
        return members;
    }

    private Optional<RegionName> region(Path dataDirectory) {
        boolean configured = config != null || Files.exists(dataDirectory.resolve("sheaf.yaml"));
        return Optional.ofNullable(region)
                .or(() -> configured ? Optional.empty() : Optional.of(REGION_DEFAULT))
                .map(RegionName::parse);
    }

    private int leave(NodeStart start, Optional<String> name) {
        long began = System.nanoTime();
        NodeStart.Started node;
        try (Progress progress = new Progress(cli.terminal(), json.json())) {
            progress.step("starting a node");
            node = start.inBackground();
        }
        keep(name, node.url(), start.dataDirectory());
        String took = Shown.duration(Duration.ofNanos(System.nanoTime() - began));
        answer(node.url(), start.dataDirectory(), node.process().pid(), "is ready after " + took);
        if (!json.json()) {
            cli.terminal()
                    .out()
                    .println(
                            "Next: 'sheaf apply -f examples/mesh' declares the example mesh, 'sheaf"
                                    + " status' looks at the node, 'sheaf down' stops it.");
        }
        return 0;
    }

    private int stay(NodeStart start, Optional<String> name) {
        NodeStart.Started node = start.inForeground();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node.process()), "end-node"));
        keep(name, node.url(), start.dataDirectory());
        answer(node.url(), start.dataDirectory(), node.process().pid(), "is ready");
        cli.terminal().out().flush();
        try {
            return node.process().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "interrupted", e);
        }
    }

    private static void end(Process node) {
        node.destroy();
        try {
            if (!node.waitFor(DownCommand.GRACE_MAX)) {
                node.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            node.destroyForcibly();
        }
    }

    private void keep(Optional<String> name, URI url, Path dataDirectory) {
        cli.profiles()
                .write(
                        name,
                        new Profile(
                                url,
                                Optional.of(NodeFolders.token(dataDirectory)),
                                Optional.of(dataDirectory)));
    }

    private void answer(URI url, Path dataDirectory, long pid, String what) {
        if (json.json()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("url", url.toString());
            members.put("pid", pid);
            members.put("dataDirectory", dataDirectory.toString());
            members.put("profile", cli.profiles().file(Optional.ofNullable(profile)).toString());
            LocalNode.jdbcUrl(dataDirectory).ifPresent(jdbc -> members.put("jdbcUrl", jdbc));
            JsonAnswer.print(cli.terminal(), members);
            return;
        }
        sentence("The node at " + url + " " + what, pid, dataDirectory);
    }

    private void sentence(String what, long pid, Path dataDirectory) {
        cli.terminal()
                .out()
                .println(
                        cli.terminal().outPalette().good(what)
                                + " (process "
                                + pid
                                + ", data in "
                                + dataDirectory
                                + ").");
        LocalNode.jdbcUrl(dataDirectory)
                .ifPresent(jdbc -> cli.terminal().out().println("  JDBC: " + jdbc));
    }

    private List<String> javaOptions() {
        return cli.terminal()
                .variable("SHEAF_NODE_JAVA_OPTS")
                .map(text -> Arrays.asList(text.strip().split("\\s+")))
                .orElse(List.of());
    }

    private static Problem noInstallation() {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "'sheaf up' needs the folder that the launcher knows: start it with ./sheaf");
    }
}
