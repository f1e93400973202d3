package dev.sheaf.node.api;

import dev.sheaf.client.CallerInfo;
import dev.sheaf.client.HealthReport;
import dev.sheaf.client.HealthStatus;
import dev.sheaf.client.NodeInfo;
import dev.sheaf.client.Token;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.LocalIssuer;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.metrics.NodeMetrics;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The process itself: health, identity, measurements, this API's own document.
public final class NodeRoutes {
    private static final Duration TOKEN_LIFETIME_DEFAULT = Duration.ofHours(1);
    private static final int SUBJECT_CHARACTERS_MAX = 200;

    /// What is fixed for the life of the process.
    public record Facts(RegionName region, String version, Instant startedAt, byte[] openapi) {
        public Facts {
            openapi = openapi.clone();
        }

        @Override
        public byte[] openapi() {
            return openapi.clone();
        }
    }

    private final Facts facts;
    private final Supplier<HealthReport> readiness;
    private final LongSupplier freeBytes;
    private final NodeMetrics metrics;
    private final boolean metricsOpenOnLoopback;
    private final Optional<LocalIssuer> issuer;
    private final Duration tokenLifetimeMax;
    private final Audit audit;
    private final Clock clock;

    public NodeRoutes(
            Facts facts,
            Supplier<HealthReport> readiness,
            LongSupplier freeBytes,
            NodeMetrics metrics,
            boolean metricsOpenOnLoopback,
            Optional<LocalIssuer> issuer,
            Duration tokenLifetimeMax,
            Audit audit,
            Clock clock) {
        this.facts = facts;
        this.readiness = readiness;
        this.freeBytes = freeBytes;
        this.metrics = metrics;
        this.metricsOpenOnLoopback = metricsOpenOnLoopback;
        this.issuer = issuer;
        this.tokenLifetimeMax = tokenLifetimeMax;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.always("GET", "/health/live", Access.open(), this::live),
                Route.always("GET", "/health/ready", Access.open(), this::ready),
                Route.always("GET", "/openapi.yaml", Access.open(), this::openapi),
                Route.always("GET", "/.well-known/jwks.json", Access.open(), this::keys),
                Route.always(
                        "GET",
                        "/metrics",
                        new Access.Needs(Scope.METRICS_READ, metricsOpenOnLoopback),
                        this::metrics),
                Route.of("GET", "/api/v1/node", Access.needs(Scope.CATALOG_READ), this::node),
                Route.of("POST", "/api/v1/tokens", Access.needs(Scope.NODE_ADMIN), this::token));
    }

    private Reply live(Request request) {
        return Reply.json(new HealthReport(HealthStatus.OK, List.of()));
    }

    private Reply ready(Request request) {
        HealthReport report = readiness.get();
        return new Reply.Json(report.status() == HealthStatus.OK ? 200 : 503, report, Map.of());
    }

    private Reply openapi(Request request) {
        return new Reply.Bytes(200, "application/yaml", facts.openapi(), Map.of());
    }

    private Reply keys(Request request) {
        String keys = issuer.map(LocalIssuer::publicKeys).orElse("{\"keys\":[]}");
        return new Reply.Bytes(
                200, "application/json", keys.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private Reply metrics(Request request) {
        return new Reply.Bytes(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                metrics.text().getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private Reply node(Request request) {
        Principal caller = request.caller();
        return Reply.json(
                new NodeInfo(
                        facts.region().toString(),
                        facts.version(),
                        facts.startedAt(),
                        Duration.between(facts.startedAt(), clock.instant()).toSeconds(),
                        freeBytes.getAsLong(),
                        new CallerInfo(
                                caller.subject(),
                                caller.issuer(),
                                caller.roles().stream().sorted().toList(),
                                caller.scopes().stream().map(Scope::toString).sorted().toList(),
                                caller.domains().stream().sorted().toList())));
    }

    private Reply token(Request request) {
        TokenRequest wanted = request.json(TokenRequest.class);
        LocalIssuer local =
                issuer.orElseThrow(() ->
                        new Problem(
                                ProblemCode.BAD_REQUEST,
                                "this node has no issuer of its own; ask your identity provider"));
        String subject = wanted.subject().strip();
        if (subject.isEmpty() || subject.length() > SUBJECT_CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "subject must have 1 to " + SUBJECT_CHARACTERS_MAX + " characters");
        }
        List<Scope> scopes = wanted.scopes().stream().map(NodeRoutes::scope).toList();
        LocalIssuer.Issued issued =
                local.issue(subject, scopes, wanted.roles(), wanted.domains(), lifetime(wanted));
        audit.record(
                request.id(),
                request.caller(),
                "token.create",
                subject,
                Audit.Outcome.DONE,
                Map.of("scopes", scopes, "domains", wanted.domains(), "until", issued.expiresAt()));
        return new Reply.Json(201, new Token(issued.token(), issued.expiresAt()), Map.of());
    }

    private Duration lifetime(TokenRequest wanted) {
        Duration lifetime =
                wanted.lifetimeSeconds().isPresent()
                        ? Duration.ofSeconds(wanted.lifetimeSeconds().getAsLong())
                        : TOKEN_LIFETIME_DEFAULT;
        if (!lifetime.isPositive() || lifetime.compareTo(tokenLifetimeMax) > 0) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "lifetimeSeconds must be from 1 to " + tokenLifetimeMax.toSeconds());
        }
        return lifetime;
    }

    private static Scope scope(String name) {
        return Scope.named(name)
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.BAD_REQUEST,
                                "'"
                                        + name
                                        + "' is not a scope; there are "
                                        + List.of(Scope.values())));
    }
}
