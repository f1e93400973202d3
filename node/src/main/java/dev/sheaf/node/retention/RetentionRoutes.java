package dev.sheaf.node.retention;

import dev.sheaf.client.RetentionOrder;
import dev.sheaf.client.RetentionStatus;
import dev.sheaf.client.RetentionStatus.Rule;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.RowLifetime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.release.Release;
import dev.sheaf.product.release.Releases;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Retention: what is kept for how long, and runs out of turn. For privacy officers, and tokens of
/// all domains.
public final class RetentionRoutes {
    private static final String OFFICER = "privacy-officer";

    private final Retention retention;
    private final Duration interval;
    private final Ledger ledger;
    private final Releases releases;
    private final ContextService contexts;
    private final Audit audit;
    private final Clock clock;

    /// @param interval between runs, for the status
    public RetentionRoutes(
            Retention retention,
            Duration interval,
            Ledger ledger,
            Releases releases,
            ContextService contexts,
            Audit audit,
            Clock clock) {
        this.retention = retention;
        this.interval = interval;
        this.ledger = ledger;
        this.releases = releases;
        this.contexts = contexts;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        Access erase = Access.needs(Scope.DATA_ERASE);
        return List.of(
                Route.of("GET", "/api/v1/retention", erase, this::status),
                Route.of("POST", "/api/v1/retention/run", erase, this::run));
    }

    private Reply status(Request request) {
        require(request, "retention.read");
        List<Rule> rules = new ArrayList<>();
        ledger.products().forEach(spec -> product(spec).ifPresent(rules::add));
        contexts.types().stream()
                .flatMap(type -> contexts.declared(type.name()).stream())
                .forEach(type -> type(type).ifPresent(rules::add));
        rules.sort(Comparator.comparing(Rule::name));
        return Reply.json(
                new RetentionStatus(
                        interval.toSeconds(), retention.last(), retention.refusal(), rules));
    }

    private Reply run(Request request) {
        RetentionOrder order = request.json(RetentionOrder.class);
        require(request, "retention.order");
        return Reply.json(
                retention.run(
                        request.id(),
                        request.caller(),
                        order.dryRun().orElse(false),
                        order.acceptClock().orElse(false)));
    }

    private void require(Request request, String action) {
        Principal caller = request.caller();
        boolean isAllowed =
                caller.domains().contains(Principal.ALL_DOMAINS)
                        || caller.roles().contains(OFFICER);
        audit.record(
                request.id(),
                caller,
                action,
                "*",
                isAllowed ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                Map.of());
        if (!isAllowed) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "retention is of all domains: it takes the role "
                            + OFFICER
                            + ", or a token of all domains");
        }
    }

    private Optional<Rule> product(ProductSpec spec) {
        RowLifetime lifetime = RowLifetime.of(spec.table());
        if (lifetime.retentionDays().isEmpty()) {
            return Optional.empty();
        }
        Duration kept = Duration.ofDays(lifetime.retentionDays().getAsInt());
        Optional<Duration> age =
                lifetime.retentionColumn().isPresent()
                        ? Optional.empty()
                        : releases.current(spec.name())
                                .map(Release::publishedAt)
                                .map(at -> Duration.between(at, clock.instant()));
        return Optional.of(
                new Rule(
                        "product",
                        spec.name().toString(),
                        kept.toSeconds(),
                        lifetime.retentionColumn().map(ColumnContract::name),
                        age.map(Duration::toSeconds)
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()),
                        age.filter(each -> each.compareTo(kept) > 0).isPresent()));
    }

    private static Optional<Rule> type(DeclaredType declared) {
        return declared.type()
                .delivery()
                .ttl()
                .map(ttl ->
                        new Rule(
                                "context",
                                declared.name(),
                                ttl.toSeconds(),
                                Optional.empty(),
                                OptionalLong.empty(),
                                false));
    }
}
