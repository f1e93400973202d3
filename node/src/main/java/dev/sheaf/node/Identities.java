package dev.sheaf.node;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.config.IdentityConfig;
import dev.sheaf.node.config.LimitsConfig;
import dev.sheaf.node.config.ListenConfig;
import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.http.HostCheck;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.identity.ClaimMapping;
import dev.sheaf.node.identity.IssuerKeys;
import dev.sheaf.node.identity.LocalIssuer;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.identity.TrustedIssuer;
import dev.sheaf.node.identity.TrustedIssuers;
import dev.sheaf.product.ledger.DataDirectory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes issuers, and the listener's settings, as configured.
final class Identities {
    private Identities() {}

    static Optional<LocalIssuer> localIssuer(
            IdentityConfig config, DataDirectory data, Clock clock) {
        return config.local().enabled()
                ? Optional.of(
                        LocalIssuer.in(
                                config.local()
                                        .keyFolder()
                                        .map(data.root()::resolve)
                                        .orElse(data.keys()),
                                clock))
                : Optional.empty();
    }

    static TokenVerifier verifier(
            IdentityConfig config, Optional<LocalIssuer> local, Path root, Clock clock) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        local.ifPresent(issuer -> issuers.add(issuer.trusted()));
        config.issuers().forEach(issuer -> issuers.add(trusted(issuer, root)));
        return new TrustedIssuers(issuers, config.clockSkewMax(), clock);
    }

    private static TrustedIssuer trusted(IdentityConfig.Oidc oidc, Path root) {
        return new TrustedIssuer(
                oidc.issuer(),
                oidc.audience(),
                oidc.jwksUrl()
                        .map(IssuerKeys::at)
                        .orElseGet(
                                () -> IssuerKeys.in(root.resolve(oidc.jwksFile().orElseThrow()))),
                new ClaimMapping(
                        oidc.subjectClaim(),
                        oidc.scopeClaim(),
                        oidc.rolesClaim(),
                        oidc.domainsClaim(),
                        scopes(oidc)));
    }

    private static Map<String, List<Scope>> scopes(IdentityConfig.Oidc oidc) {
        Map<String, List<Scope>> scopes = new HashMap<>();
        oidc.scopesByName()
                .forEach((name, list) ->
                        scopes.put(
                                name,
                                Arrays.stream(list.split(" +", -1))
                                        .map(text -> scope(oidc, name, text))
                                        .toList()));
        return scopes;
    }

    private static Scope scope(IdentityConfig.Oidc oidc, String name, String text) {
        return Scope.named(text)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.INVALID_CONFIGURATION,
                                "identity.issuers: issuer "
                                        + oidc.issuer()
                                        + ": scopesByName."
                                        + name
                                        + ": '"
                                        + text
                                        + "' is not a scope; there are "
                                        + List.of(Scope.values())));
    }

    static HttpSettings httpSettings(NodeConfig config, Path root) {
        ListenConfig listen = config.listen();
        LimitsConfig limits = config.limits();
        return new HttpSettings(
                listen.address(),
                listen.port(),
                listen.tls()
                        .map(tls ->
                                new HttpSettings.Tls(
                                        root.resolve(tls.certificates()), root.resolve(tls.key()))),
                HostCheck.of(listen.loopback(), listen.allowedHosts(), listen.allowedOrigins()),
                limits.headersMax(),
                limits.jsonBodyMax(),
                limits.requestsMax(),
                limits.connectionsMax(),
                limits.idleMax());
    }
}
