package dev.sheaf.cli.command;

import dev.sheaf.cli.profile.Profile;
import dev.sheaf.client.ClientOptions;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the node and the token a command is to use.
///
/// A profile's token goes to that profile's node only: with another `--url` a token file has to be
/// named too.
public final class Connection {
    /// As W3C Trace Context writes it; anything else is not passed on.
    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Connection() {}

    /// @throws Problem INVALID_CONFIGURATION when no node is known, UNAUTHENTICATED when no token
    ///   is
    public static SheafClient open(Cli cli, NodeOptions options) {
        Optional<Profile> profile = profile(cli, options);
        URI url =
                options.url()
                        .or(() -> variable(cli, options, "SHEAF_URL").map(Connection::address))
                        .or(() -> profile.map(Profile::url))
                        .orElseThrow(Connection::noNode);
        checked(url);
        Path tokenFile =
                options.tokenFile()
                        .or(() -> variable(cli, options, "SHEAF_TOKEN_FILE").map(Path::of))
                        .or(() ->
                                profile.filter(known -> known.url().equals(url))
                                        .flatMap(Profile::tokenFile))
                        .orElseThrow(() -> noToken(url));
        return new SheafClient(
                url,
                TokenSource.file(tokenFile),
                ClientOptions.DEFAULT.traced(
                        cli.terminal()
                                .variable("TRACEPARENT")
                                .filter(trace -> TRACE.matcher(trace).matches())));
    }

    /// What the command line says goes before what the environment does.
    private static Optional<String> variable(Cli cli, NodeOptions options, String name) {
        return options.namesProfile() ? Optional.empty() : cli.terminal().variable(name);
    }

    private static Optional<Profile> profile(Cli cli, NodeOptions options) {
        Optional<String> name = options.profile(cli);
        Optional<Profile> profile = cli.profiles().read(name);
        if (name.isPresent() && profile.isEmpty()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no profile '"
                            + name.get()
                            + "' ("
                            + cli.profiles().file(name)
                            + "). Leave --profile away for the one 'sheaf up' made");
        }
        return profile;
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw notAnAddress(text, e);
        }
    }

    private static void checked(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw notAnAddress(url.toString(), null);
        }
    }

    private static Problem notAnAddress(
            String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "'" + text + "' is not a node's address: write http://host:port or https://host",
                cause);
    }

    private static Problem noNode() {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "no node is known. Start one with 'sheaf up', or name one with --url and"
                        + " --token-file (or SHEAF_URL and SHEAF_TOKEN_FILE)");
    }

    private static Problem noToken(URI url) {
        return new Problem(
                ProblemCode.UNAUTHENTICATED,
                "no token is known for "
                        + url
                        + ". Give --token-file FILE (or SHEAF_TOKEN_FILE); a profile's token is"
                        + " sent to its own node only");
    }
}
