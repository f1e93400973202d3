package dev.sheaf.cli.context;

import dev.sheaf.client.ContextClient;
import dev.sheaf.client.SheafClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Optional;

/// What documents are read or written for.
final class PurposeOption {
    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            description = "What it is for, as your grant names it, word for word.")
    private @Nullable String purpose;

    ContextClient contexts(SheafClient client) {
        return client.contexts().forPurpose(Optional.ofNullable(purpose));
    }
}
