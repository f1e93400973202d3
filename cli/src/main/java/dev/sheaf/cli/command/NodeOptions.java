package dev.sheaf.cli.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Which node a command speaks to: given options, else `SHEAF_URL` and `SHEAF_TOKEN_FILE`, else the
/// profile.
public final class NodeOptions {
    @Option(names = "--json", description = "Answer in JSON, for machines; the shape is stable.")
    private boolean json;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Profile to use; default: the one 'sheaf up' made.")
    private @Nullable String profile;

    @Option(names = "--url", paramLabel = "URL", description = "The node's address (or SHEAF_URL).")
    private @Nullable URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the bearer token (or SHEAF_TOKEN_FILE).")
    private @Nullable Path tokenFile;

    public boolean json() {
        return json;
    }

    public Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    public Optional<URI> url() {
        return Optional.ofNullable(url);
    }

    public Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }
}
