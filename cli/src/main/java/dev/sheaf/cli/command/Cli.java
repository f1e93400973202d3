package dev.sheaf.cli.command;

import dev.sheaf.cli.profile.ProfileStore;
import dev.sheaf.cli.terminal.Terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/// The surroundings of a command.
///
/// @param installation the folder with `lib/node` and its like; empty when started without the
///   launcher
/// @param workingDirectory against which relative paths are read
public record Cli(
        Terminal terminal,
        ProfileStore profiles,
        Optional<Path> installation,
        Path workingDirectory) {
    public static Cli ofProcess(Terminal terminal) {
        Path home =
                terminal.variable("SHEAF_HOME")
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".sheaf"));
        return new Cli(
                terminal,
                new ProfileStore(home.toAbsolutePath()),
                Optional.ofNullable(System.getProperty("sheaf.home")).map(Path::of),
                Path.of("").toAbsolutePath());
    }

    /// This build's version.
    public String version() {
        try (InputStream stream =
                Cli.class.getResourceAsStream("/dev/sheaf/cli/build.properties")) {
            Properties build = new Properties();
            if (stream != null) {
                build.load(stream);
            }
            return build.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
