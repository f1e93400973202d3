package dev.sheaf.node.http;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.identity.TokenVerifier;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Lets callers through to a route, or not.
public final class Admission {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final TokenVerifier tokens;
    private final Audit audit;

    public Admission(TokenVerifier tokens, Audit audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /// @param address the caller's IP address
    /// @throws Problem UNAUTHENTICATED or FORBIDDEN
    Principal admit(Route route, Optional<String> authorization, String address, String requestId) {
        return switch (route.access()) {
            case Access.Open _ -> Principal.NOBODY;
            case Access.Needs needs -> {
                boolean tokenless =
                        needs.loopbackOpen() && authorization.isEmpty() && isLoopback(address);
                yield tokenless
                        ? Principal.NOBODY
                        : verified(route, needs.scope(), authorization, requestId);
            }
        };
    }

    private Principal verified(
            Route route, Scope scope, Optional<String> authorization, String requestId) {
        Principal caller;
        try {
            caller =
                    tokens.verify(
                            route.foreign().isPresent()
                                    ? bearerOrPassword(authorization)
                                    : bearer(authorization));
        } catch (Problem refused) {
            audit.record(
                    requestId,
                    Principal.NOBODY,
                    "authenticate",
                    route.toString(),
                    Audit.Outcome.DENIED,
                    Map.of("reason", refused.message()));
            throw refused;
        }
        if (!caller.may(scope)) {
            audit.record(
                    requestId,
                    caller,
                    "authorize",
                    route.toString(),
                    Audit.Outcome.DENIED,
                    Map.of("scope", scope.toString()));
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "this needs a token with the scope " + scope + "; yours has " + shown(caller),
                    Map.of("scope", scope.toString()),
                    null);
        }
        return caller;
    }

    private static String shown(Principal caller) {
        return caller.scopes().isEmpty()
                ? "none"
                : String.join(
                        ", ", caller.scopes().stream().map(Scope::toString).sorted().toList());
    }

    static String bearer(Optional<String> authorization) {
        String header =
                authorization.orElseThrow(() ->
                        new Problem(
                                ProblemCode.UNAUTHENTICATED,
                                "no token: send 'Authorization: Bearer …'"));
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Problem(
                    ProblemCode.UNAUTHENTICATED,
                    "the header Authorization is not of the form 'Bearer TOKEN'");
        }
        return header.substring(BEARER.length()).strip();
    }

    /// The token of a caller who may also send it as a password, under any name.
    static String bearerOrPassword(Optional<String> authorization) {
        String header = authorization.orElse("");
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return bearer(authorization);
        }
        try {
            String both =
                    new String(
                            Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
                            StandardCharsets.UTF_8);
            return both.substring(both.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.UNAUTHENTICATED,
                    "the header Authorization is not of the form 'Basic BASE64'",
                    e);
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
