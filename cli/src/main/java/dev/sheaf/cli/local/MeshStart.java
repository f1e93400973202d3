package dev.sheaf.cli.local;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.cli.profile.PrivateFile;
import dev.sheaf.cli.profile.Profile;
import dev.sheaf.cli.terminal.Progress;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Starts the nodes of a mesh on this machine at the same time, each with a data directory and a
/// profile of its own.
///
/// They share an authority for their links and the key of their issuer, so a token of one counts at
/// all. When one cannot start, those that were started with it are stopped again.
final class MeshStart {
    private final Cli cli;
    private final Path installation;
    private final List<String> javaOptions;

    MeshStart(Cli cli, Path installation, List<String> javaOptions) {
        this.cli = cli;
        this.installation = installation;
        this.javaOptions = javaOptions;
    }

    /// A node that is ready.
    ///
    /// @param started whether it was started now; otherwise it ran already
    record Running(
            LocalMesh.Member member, URI url, long pid, Path dataDirectory, boolean started) {}

    List<Running> start(LocalMesh mesh, Progress progress) {
        refuseOthersThatRun(mesh);
        for (LocalMesh.Member member : mesh.members()) {
            configure(mesh, member);
        }
        mesh.write(cli.profiles());
        progress.step("starting " + mesh.members().size() + " nodes");
        NodeJvm.Share share = mesh.members().size() > 1 ? NodeJvm.Share.SOME : NodeJvm.Share.ALONE;
        List<Running> running = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Running>> starts = new ArrayList<>();
            for (LocalMesh.Member member : mesh.members()) {
                starts.add(starters.submit(() -> start(member, share)));
            }
            for (Future<Running> start : starts) {
                await(start, running, problems);
            }
        }
        if (!problems.isEmpty()) {
            stop(running);
            throw problems.getFirst();
        }
        keep(running);
        return running;
    }

    private static void await(
            Future<Running> start, List<Running> running, List<Problem> problems) {
        try {
            running.add(start.get());
        } catch (ExecutionException e) {
            problems.add(
                    e.getCause() instanceof Problem problem
                            ? problem
                            : new Problem(ProblemCode.INTERNAL, "starting a node failed: " + e, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            start.cancel(true);
            problems.add(new Problem(ProblemCode.CANCELLED, "interrupted", e));
        }
    }

    private Running start(LocalMesh.Member member, NodeJvm.Share share) {
        Path data = data(cli, member);
        Optional<LocalNode> node = running(data);
        if (node.isPresent()) {
            URI url = URI.create("http://127.0.0.1:" + node.get().port().orElse(member.port()));
            return new Running(member, url, node.get().process().pid(), data, false);
        }
        try {
            NodeStart.Started started =
                    new NodeStart(
                                    installation,
                                    data,
                                    Optional.empty(),
                                    Optional.of(member.region()),
                                    OptionalInt.of(member.port()),
                                    NodeFolders.log(cli, Optional.of(member.profile())),
                                    share,
                                    javaOptions)
                            .inBackground();
            return new Running(member, started.url(), started.process().pid(), data, true);
        } catch (Problem e) {
            throw new Problem(e.code(), "region " + member.region() + ": " + e.message(), e);
        }
    }

    private static Optional<LocalNode> running(Path data) {
        return LocalNode.find(data).filter(node -> node.port().isPresent());
    }

    static Path data(Cli cli, LocalMesh.Member member) {
        return cli.profiles()
                .home()
                .resolve("node-" + member.profile())
                .toAbsolutePath()
                .normalize();
    }

    /// Nodes of another list of regions would dial ports where nobody listens any more.
    private void refuseOthersThatRun(LocalMesh mesh) {
        Optional<LocalMesh> before = LocalMesh.read(cli.profiles());
        if (before.isEmpty() || before.get().equals(mesh)) {
            return;
        }
        for (LocalMesh.Member member : before.get().members()) {
            if (running(data(cli, member)).isPresent()) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "the node of region "
                                + member.region()
                                + " runs in a mesh of other regions or ports; 'sheaf down' stops"
                                + " it");
            }
        }
    }

    private void configure(LocalMesh mesh, LocalMesh.Member member) {
        Path file = data(cli, member).resolve("sheaf.yaml");
        try {
            if (!Files.exists(file) || Files.readString(file).startsWith(MeshPlan.MARK)) {
                PrivateFile.write(file, MeshPlan.configuration(mesh, member));
            }
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    private static void stop(List<Running> running) {
        for (Running node : running) {
            if (node.started()) {
                LocalNode.find(node.dataDirectory())
                        .ifPresent(found -> found.stop(DownCommand.GRACE_MAX));
            }
        }
    }

    /// The default profile has no data directory: `sheaf up` alone starts a node alone.
    private void keep(List<Running> running) {
        for (Running node : running) {
            Path token = NodeFolders.token(node.dataDirectory());
            cli.profiles()
                    .write(
                            Optional.of(node.member().profile()),
                            new Profile(
                                    node.url(),
                                    Optional.of(token),
                                    Optional.of(node.dataDirectory())));
        }
        Running first = running.getFirst();
        cli.profiles()
                .write(
                        Optional.empty(),
                        new Profile(
                                first.url(),
                                Optional.of(NodeFolders.token(first.dataDirectory())),
                                Optional.empty()));
    }
}
