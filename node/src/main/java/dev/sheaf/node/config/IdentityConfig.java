package dev.sheaf.node.config;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose tokens count.
public record IdentityConfig(
        @Setting("The node's own issuer, for development.") Local local,
        @Setting("OpenID Connect issuers whose tokens count.") List<Oidc> issuers,
        @Setting(value = "How far an issuer's clock may differ.", fallback = "60s")
                Duration clockSkewMax) {
    private static final Duration SKEW_LIMIT = Duration.ofMinutes(5);

    public IdentityConfig {
        issuers = List.copyOf(issuers);
        if (clockSkewMax.isNegative() || clockSkewMax.compareTo(SKEW_LIMIT) > 0) {
            throw new Problem(ProblemCode.INVALID_VALUE, "clockSkewMax must be between 0s and 5m");
        }
        if (!local.enabled() && issuers.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "nobody could call this node: enable local, or name an issuer");
        }
    }

    /// The node's own issuer.
    public record Local(
            @Setting(value = "Whether its tokens count.", fallback = "true") boolean enabled,
            @Setting(value = "The longest life of a token that it is asked for.", fallback = "30d")
                    Duration tokenLifetimeMax,
            @Setting(
                            value =
                                    "Life of the operator's token, which the node keeps in"
                                            + " operator.token and renews.",
                            fallback = "12h")
                    Duration operatorTokenLifetime,
            @Setting(
                            "Folder of its key, for nodes on one machine that are to take each"
                                + " other's tokens; otherwise each has one in its data directory.")
                    Optional<Path> keyFolder) {
        public Local {
            Checks.positive("tokenLifetimeMax", tokenLifetimeMax);
            Checks.positive("operatorTokenLifetime", operatorTokenLifetime);
        }
    }

    /// An OpenID Connect issuer.
    public record Oidc(
            @Setting("The claim iss of its tokens, exactly.") String issuer,
            @Setting(value = "The audience for which its tokens must be made.", fallback = "sheaf")
                    String audience,
            @Setting("URL of its key set (jwks_uri); https, unless it is on this machine.")
                    Optional<URI> jwksUrl,
            @Setting("File with its key set, instead of the URL.") Optional<Path> jwksFile,
            @Setting(value = "Claim that names the caller.", fallback = "sub") String subjectClaim,
            @Setting(value = "Claim that holds scopes.", fallback = "scope") String scopeClaim,
            @Setting(
                            value =
                                    "Claim that holds roles; a dot goes into a claim, as in"
                                            + " realm_access.roles.",
                            fallback = "roles")
                    String rolesClaim,
            @Setting(value = "Claim that holds domains.", fallback = "domains") String domainsClaim,
            @Setting(
                            "What other scopes, or roles, stand for: a name, then scopes of Sheaf"
                                    + " separated by spaces.")
                    Map<String, String> scopesByName) {
        public Oidc {
            scopesByName = Map.copyOf(scopesByName);
            if (jwksUrl.isPresent() == jwksFile.isPresent()) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "issuer " + issuer + " needs either jwksUrl or jwksFile");
            }
        }
    }
}
