package dev.sheaf.cli.command;

import dev.sheaf.cli.profile.LocalMesh;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

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

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "One of the nodes of 'sheaf up --regions'; default: the first.")
    private @Nullable String region;

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

    /// Options that name a profile and nothing else.
    public static NodeOptions ofProfile(String name) {
        NodeOptions options = new NodeOptions();
        options.profile = name;
        return options;
    }

    /// Options that name a region of `sheaf up --regions` and nothing else.
    public static NodeOptions ofRegion(RegionName name) {
        NodeOptions options = new NodeOptions();
        options.region = name.toString();
        return options;
    }

    /// The profile to use, by its name or its node's region; empty for the default one.
    ///
    /// @throws Problem BAD_REQUEST when both are given, NOT_FOUND when no node of that region was
    ///   started here
    public Optional<String> profile(Cli cli) {
        if (region == null) {
            return Optional.ofNullable(profile);
        } else if (profile != null || url != null) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "--region names a node already; leave --profile and --url away");
        }
        RegionName wanted = RegionName.parse(region);
        Optional<LocalMesh> mesh = LocalMesh.read(cli.profiles());
        return Optional.of(
                mesh.flatMap(found -> found.member(wanted))
                        .map(LocalMesh.Member::profile)
                        .orElseThrow(() -> noNode(wanted, mesh)));
    }

    private static Problem noNode(RegionName wanted, Optional<LocalMesh> mesh) {
        return new Problem(
                ProblemCode.NOT_FOUND,
                "no node of region "
                        + wanted
                        + " was started on this machine; "
                        + mesh.map(found ->
                                        "there are "
                                                + String.join(
                                                        ", ",
                                                        found.members().stream()
                                                                .map(member ->
                                                                        member.region().toString())
                                                                .toList()))
                                .orElse("'sheaf up --regions' starts some"));
    }

    /// Whether the command line names a profile, or a region and so its profile.
    public boolean namesProfile() {
        return profile != null || region != null;
    }

    public Optional<URI> url() {
        return Optional.ofNullable(url);
    }

    public Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }
}
