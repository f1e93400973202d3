package dev.sheaf.cli.local;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.cli.terminal.Progress;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// `sheaf down`: stops the node that `sheaf up` started, or all of them.
@Command(
        description = "Stop the node that 'sheaf up' started, or all of 'sheaf up --regions'.",
        footer = {
            "",
            "What is under way ends first, for half a minute at most. Nothing is lost; 'sheaf up'"
                    + " starts it again.",
            "",
            "Examples:",
            "  sheaf down",
            "  sheaf down --region azure/westeurope              one of several",
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

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "One of the nodes of 'sheaf up --regions' only.")
    private @Nullable String region;

    public DownCommand(Cli cli) {
        this.cli = cli;
    }

    /// @param state what became of it
    private record Stopped(
            Optional<RegionName> region, String state, Path dataDirectory, OptionalLong pid) {}

    private record Target(Optional<RegionName> region, Path dataDirectory) {}

    @Override
    public Integer call() {
        Optional<LocalMesh> mesh = LocalMesh.read(cli.profiles());
        boolean all = data == null && profile == null && region == null;
        List<Target> targets = all && mesh.isPresent() ? everything(mesh.get()) : one(mesh);
        List<Stopped> stopped = new ArrayList<>();
        try (Progress progress = new Progress(cli.terminal(), json.json());
                ExecutorService stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Stopped>> stops =
                    targets.stream()
                            .map(target -> stoppers.submit(() -> stop(target, progress)))
                            .toList();
            for (Future<Stopped> stop : stops) {
                stopped.add(await(stop));
            }
        }
        answer(stopped, all && stopped.getFirst().region().isPresent());
        return 0;
    }

    private List<Target> one(Optional<LocalMesh> mesh) {
        if (region == null) {
            return List.of(new Target(Optional.empty(), defaultData()));
        }
        RegionName wanted = RegionName.parse(region);
        if (data != null || profile != null) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "--region names a node already; leave --data and --profile away");
        }
        LocalMesh.Member member =
                mesh.flatMap(found -> found.member(wanted))
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND,
                                        "no node of region "
                                                + wanted
                                                + " was started on this machine"));
        return List.of(new Target(Optional.of(wanted), MeshStart.data(cli, member)));
    }

    /// The nodes of the mesh, and the one that `sheaf up` alone started; once that is the default,
    /// only those that run.
    private List<Target> everything(LocalMesh mesh) {
        boolean current = LocalMesh.current(cli.profiles()).isPresent();
        List<Target> targets = new ArrayList<>();
        for (LocalMesh.Member member : mesh.members()) {
            Path folder = MeshStart.data(cli, member);
            if (current || LocalNode.find(folder).isPresent()) {
                targets.add(new Target(Optional.of(member.region()), folder));
            }
        }
        Path alone = defaultData();
        if (targets.isEmpty() || LocalNode.find(alone).isPresent()) {
            targets.add(new Target(Optional.empty(), alone));
        }
        return targets;
    }

    private Path defaultData() {
        return NodeFolders.data(cli, Optional.ofNullable(data), Optional.ofNullable(profile));
    }

    private static Stopped stop(Target target, Progress progress) {
        Optional<LocalNode> node = LocalNode.find(target.dataDirectory());
        if (node.isEmpty()) {
            return new Stopped(
                    target.region(),
                    "was not running",
                    target.dataDirectory(),
                    OptionalLong.empty());
        }
        long pid = node.get().process().pid();
        progress.step("stopping process " + pid);
        return new Stopped(
                target.region(),
                node.get().stop(GRACE_MAX) ? "stopped" : "killed",
                target.dataDirectory(),
                OptionalLong.of(pid));
    }

    private static Stopped await(Future<Stopped> stop) {
        try {
            return stop.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Problem problem
                    ? problem
                    : new IllegalStateException("stopping a node", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "interrupted while nodes were stopping", e);
        }
    }

    private void answer(List<Stopped> stopped, boolean several) {
        if (json.json()) {
            List<Map<String, Object>> nodes = stopped.stream().map(DownCommand::members).toList();
            JsonAnswer.print(cli.terminal(), several ? Map.of("nodes", nodes) : nodes.getFirst());
            return;
        }
        for (Stopped node : stopped) {
            String prefix = node.region().map(name -> name + ": ").orElse("");
            cli.terminal().out().println(prefix + sentence(node.state(), node.dataDirectory()));
        }
    }

    private static Map<String, Object> members(Stopped node) {
        Map<String, Object> members = new LinkedHashMap<>();
        node.region().ifPresent(name -> members.put("region", name.toString()));
        members.put("state", node.state());
        members.put("dataDirectory", node.dataDirectory().toString());
        if (node.pid().isPresent()) {
            members.put("pid", node.pid().getAsLong());
        }
        return members;
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
