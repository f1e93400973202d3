package dev.sheaf.cli.policy;

import dev.sheaf.rego.bundle.SignatureScheme;

import picocli.CommandLine.Option;

import java.util.Optional;

/// How bundles are signed. Secrets come from files, never from the command line, which others see.
final class KeyOptions {
    @Option(
            names = "--signing-alg",
            paramLabel = "NAME",
            description = "RS256 (default), ES256, PS256, HS256, or one of these with 384 or 512.")
    private SignatureScheme scheme = SignatureScheme.RS256;

    @Option(names = "--key-id", paramLabel = "ID", description = "The key's name in the signature.")
    private Optional<String> keyId = Optional.empty();

    @Option(names = "--scope", paramLabel = "SCOPE", description = "What the signature is for.")
    private Optional<String> scope = Optional.empty();

    SignatureScheme scheme() {
        return scheme;
    }

    Optional<String> keyId() {
        return keyId;
    }

    Optional<String> scope() {
        return scope;
    }

    /// A key in PEM, or a secret without the end of its line.
    String key(PolicyFiles files, String place) {
        String text = files.text(place);
        return scheme.name().startsWith("HS") ? text.stripTrailing() : text;
    }
}
