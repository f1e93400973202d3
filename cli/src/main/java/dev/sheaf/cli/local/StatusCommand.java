package dev.sheaf.cli.local;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Connection;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.NodeOptions;
import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.cli.profile.Profile;
import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.client.HealthCheck;
import dev.sheaf.client.HealthReport;
import dev.sheaf.client.HealthStatus;
import dev.sheaf.client.NodeInfo;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// `sheaf status`: whether the node runs and how it is; after `sheaf up --regions`, of all of them.
@Command(
        description = "Show whether the node runs, and how it is.",
        footer = {
            "",
            "After 'sheaf up --regions' it lists all of its nodes. Exit status 0 when every node"
                    + " shown is ready, 1 when one",
            "does not run or is not ready.",
            "",
            "Examples:",
            "  sheaf status",
            "  sheaf status --region azure/westeurope",
            "  sheaf status --json"
        })
public final class StatusCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final NodeOptions node = new NodeOptions();

    public StatusCommand(Cli cli) {
        this.cli = cli;
    }

    /// @param local present when the node runs on this machine from a profile's data directory
    /// @param residentBytes of its process, workers not counted
    record Status(
            String url,
            boolean reachable,
            Optional<String> reason,
            Optional<HealthReport> health,
            Optional<NodeInfo> node,
            OptionalLong pid,
            OptionalLong residentBytes,
            Optional<String> dataDirectory) {}

    /// One of several nodes.
    record Member(String region, @JsonUnwrapped Status status) {}

    @Override
    public Integer call() {
        boolean named =
                node.namesProfile()
                        || node.url().isPresent()
                        || cli.terminal().variable("SHEAF_URL").isPresent();
        Optional<LocalMesh> mesh = named ? Optional.empty() : LocalMesh.current(cli.profiles());
        return mesh.isPresent() ? all(mesh.get()) : one();
    }

    private int one() {
        Status status = status(node);
        if (node.json()) {
            JsonAnswer.print(cli.terminal(), status);
        } else {
            print(status);
        }
        return exitStatus(ready(status));
    }

    private int all(LocalMesh mesh) {
        Map<LocalMesh.Member, Status> nodes = new LinkedHashMap<>();
        for (LocalMesh.Member member : mesh.members()) {
            nodes.put(member, status(NodeOptions.ofProfile(member.profile())));
        }
        if (node.json()) {
            JsonAnswer.print(
                    cli.terminal(),
                    Map.of(
                            "nodes",
                            nodes.entrySet().stream()
                                    .map(entry ->
                                            new Member(
                                                    entry.getKey().region().toString(),
                                                    entry.getValue()))
                                    .toList()));
        } else {
            Table table =
                    Table.of(
                            Table.Column.text("region"),
                            Table.Column.text("url"),
                            Table.Column.text("state"),
                            Table.Column.number("memory"),
                            Table.Column.number("process"));
            nodes.forEach((member, status) -> table.row(row(member, status)));
            table.print(cli.terminal());
        }
        return exitStatus(nodes.values().stream().allMatch(StatusCommand::ready));
    }

    private static List<Cell> row(LocalMesh.Member member, Status status) {
        return List.of(
                Cell.of(member.region()),
                Cell.of(status.url()),
                new Cell.Toned(
                        state(status),
                        ready(status)
                                ? Cell.Tone.GOOD
                                : status.health().isPresent() ? Cell.Tone.WARNING : Cell.Tone.BAD),
                new Cell.Text(
                        status.residentBytes().isPresent()
                                ? new ByteSize(status.residentBytes().getAsLong()).toString()
                                : ""),
                new Cell.Text(
                        status.pid().isPresent() ? Long.toString(status.pid().getAsLong()) : ""));
    }

    private static boolean ready(Status status) {
        return status.health().filter(health -> health.status() == HealthStatus.OK).isPresent();
    }

    private static String state(Status status) {
        if (status.health().isPresent()) {
            return ready(status) ? "ready" : "not ready";
        }
        return status.reachable() ? "refuses" : "not running";
    }

    private static int exitStatus(boolean ready) {
        return ready ? ExitCode.OK.status() : ExitCode.NEGATIVE.status();
    }

    private Status status(NodeOptions asked) {
        Optional<Path> data =
                asked.url().isPresent()
                        ? Optional.empty()
                        : cli.profiles().read(asked.profile(cli)).flatMap(Profile::dataDirectory);
        Optional<LocalNode> local = data.flatMap(LocalNode::find);
        try (SheafClient client = Connection.open(cli, asked)) {
            OptionalLong pid =
                    local.map(found -> OptionalLong.of(found.process().pid()))
                            .orElse(OptionalLong.empty());
            OptionalLong resident =
                    local.map(LocalNode::residentBytes).orElse(OptionalLong.empty());
            Optional<String> folder = data.map(Path::toString);
            String url = client.address().toString();
            try {
                HealthReport health = client.ready();
                return new Status(
                        url,
                        true,
                        Optional.empty(),
                        Optional.of(health),
                        Optional.of(client.node()),
                        pid,
                        resident,
                        folder);
            } catch (Problem e) {
                boolean reachable = e.code() != ProblemCode.UNAVAILABLE;
                return new Status(
                        url,
                        reachable,
                        Optional.of(e.message()),
                        Optional.empty(),
                        Optional.empty(),
                        pid,
                        resident,
                        folder);
            }
        }
    }

    private void print(Status status) {
        Palette palette = cli.terminal().outPalette();
        String word =
                ready(status)
                        ? palette.good(state(status))
                        : status.health().isPresent()
                                ? palette.warning(state(status))
                                : palette.bad(state(status));
        cli.terminal().out().println(palette.bold(status.url()) + "  " + word);
        Map<String, String> fields = new LinkedHashMap<>();
        status.reason().ifPresent(reason -> fields.put("reason", reason));
        status.node().ifPresent(info -> describe(info, fields));
        if (status.pid().isPresent()) {
            fields.put("process", Long.toString(status.pid().getAsLong()));
        }
        if (status.residentBytes().isPresent()) {
            fields.put("memory", new ByteSize(status.residentBytes().getAsLong()).toString());
        }
        status.dataDirectory().ifPresent(folder -> fields.put("data in", folder));
        fields.forEach((name, value) ->
                cli.terminal()
                        .out()
                        .println(palette.dim(String.format("  %-10s", name)) + " " + value));
        status.health().ifPresent(health -> health.checks().forEach(this::printCheck));
    }

    private void printCheck(HealthCheck check) {
        if (check.status() != HealthStatus.OK) {
            cli.terminal()
                    .out()
                    .println(
                            "  "
                                    + cli.terminal().outPalette().warning(check.name())
                                    + " "
                                    + check.message().orElse("is not ready"));
        }
    }

    private static void describe(NodeInfo info, Map<String, String> fields) {
        fields.put("region", info.region());
        fields.put("version", info.version());
        fields.put("up for", Shown.duration(Duration.ofSeconds(info.uptimeSeconds())));
        fields.put("disk free", new ByteSize(info.dataDirectoryFreeBytes()).toString());
        fields.put(
                "you are",
                info.caller().subject()
                        + ", domains "
                        + (info.caller().domains().isEmpty()
                                ? "none"
                                : String.join(", ", info.caller().domains())));
    }
}
