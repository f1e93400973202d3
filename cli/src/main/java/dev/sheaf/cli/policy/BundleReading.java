package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.bundle.Bundle;
import dev.sheaf.rego.bundle.ReadOptions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/// Bundles from files.
final class BundleReading {
    private BundleReading() {}

    /// @throws Problem when it cannot be read, or is not as the options want it
    static Bundle read(Cli cli, String place, ReadOptions options) {
        try (InputStream stream = Files.newInputStream(cli.workingDirectory().resolve(place))) {
            return Bundle.read(stream, options);
        } catch (IOException e) {
            throw PolicyFiles.unreadable(place, e);
        }
    }
}
