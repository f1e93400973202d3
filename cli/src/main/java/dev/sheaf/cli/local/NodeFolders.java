package dev.sheaf.cli.local;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.Profile;

import java.nio.file.Path;
import java.util.Optional;

/// Where the node of a profile keeps its things on this machine.
final class NodeFolders {
    private NodeFolders() {}

    /// As given, else that of the profile, else `$SHEAF_HOME/node` (`node-NAME` for a named
    /// profile). Absolute.
    static Path data(Cli cli, Optional<Path> given, Optional<String> profile) {
        return given.map(cli.workingDirectory()::resolve)
                .or(() -> cli.profiles().read(profile).flatMap(Profile::dataDirectory))
                .orElseGet(() -> cli.profiles().home().resolve("node" + suffix(profile)))
                .toAbsolutePath()
                .normalize();
    }

    static Path log(Cli cli, Optional<String> profile) {
        return cli.profiles().home().resolve("logs").resolve("node" + suffix(profile) + ".log");
    }

    /// The token that the node keeps for whoever may read its data directory.
    static Path token(Path dataDirectory) {
        return dataDirectory.resolve("keys").resolve("operator.token");
    }

    private static String suffix(Optional<String> profile) {
        return profile.map(name -> "-" + name).orElse("");
    }
}
