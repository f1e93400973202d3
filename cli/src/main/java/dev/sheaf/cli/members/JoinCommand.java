package dev.sheaf.cli.members;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.client.MeshJoin;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf join`: makes a data directory whose node belongs to a mesh.
@Command(
        description = "Join a mesh with a one-time token.",
        footer = {
            "",
            "Keys are made here and stay here. Interrupted, it may be done again with the same"
                    + " token. Then 'sheaf up --data DIR'.",
            "TOKEN may be '-': it is read from standard input then, and stays out of the shell's"
                    + " history.",
            "",
            "Examples:",
            "  sheaf join sheaf-join-1.eyJ... --data /srv/sheaf --links west.example.com:7450",
            "  sheaf join - --data /srv/sheaf --links 10.1.2.3:7450 --listen 0.0.0.0 --port 7350"
        })
public final class JoinCommand implements Callable<Integer> {
    private static final int PORT_DEFAULT = 7350;
    private static final int PORT_MAX = 65_535;

    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();

    @Parameters(paramLabel = "TOKEN", arity = "1", description = "From 'sheaf join-token', or '-'.")
    private String token = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The new node's data directory; empty or not there.")
    private @Nullable Path data;

    @Option(
            names = "--links",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where other regions' nodes will reach it.")
    private String links = "";

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Address to listen on for them (default: HOST).")
    private @Nullable String listen;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where it answers callers (default: 7350).")
    private int port = PORT_DEFAULT;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where it answers callers, as other regions are told.")
    private @Nullable String url;

    /// @param cli what the command prints to
    public JoinCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Path folder = cli.workingDirectory().resolve(java.util.Objects.requireNonNull(data));
        MeshJoin join = new MeshJoin(token.equals("-") ? read() : token, folder);
        try (SheafClient sponsor = new SheafClient(join.sponsor(), JoinCommand::noToken)) {
            join.join(sponsor, place());
        }
        if (json.json()) {
            JsonAnswer.print(
                    cli.terminal(),
                    Map.of(
                            "mesh", join.mesh(),
                            "region", join.region().toString(),
                            "dataDirectory", folder.toString()));
            return 0;
        }
        cli.terminal()
                .out()
                .println(
                        cli.terminal()
                                        .outPalette()
                                        .good(join.region() + " has joined the mesh " + join.mesh())
                                + ". Next: sheaf up --data "
                                + folder);
        return 0;
    }

    private String read() {
        try {
            return new String(
                    cli.terminal().in().readNBytes(1 << 16),
                    java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new Problem(ProblemCode.UNREADABLE_INPUT, "the token cannot be read: " + e, e);
        }
    }

    private MeshJoin.Place place() {
        int colon = links.lastIndexOf(':');
        String host = colon < 0 ? "" : links.substring(0, colon);
        int linksPort;
        try {
            linksPort = Integer.parseInt(links.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw noAddress(e);
        }
        if (host.isEmpty() || linksPort < 1 || linksPort > PORT_MAX) {
            throw noAddress(null);
        }
        return new MeshJoin.Place(
                host,
                linksPort,
                Optional.ofNullable(listen).orElse(""),
                port,
                Optional.ofNullable(url).orElse(""));
    }

    private Problem noAddress(@Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "--links " + links + ": write HOST:PORT, the port from 1 to " + PORT_MAX,
                cause);
    }

    private static String noToken() {
        throw new Problem(ProblemCode.UNAUTHENTICATED, "joining needs no token of the API");
    }
}
