package dev.sheaf.node.api;

import dev.sheaf.client.GrantApproval;
import dev.sheaf.client.GrantList;
import dev.sheaf.client.GrantReason;
import dev.sheaf.client.GrantRequest;
import dev.sheaf.governance.grant.Grant;
import dev.sheaf.governance.grant.GrantActor;
import dev.sheaf.governance.grant.GrantAsk;
import dev.sheaf.governance.grant.GrantBook;
import dev.sheaf.governance.grant.GrantChoice;
import dev.sheaf.governance.grant.GrantQuery;
import dev.sheaf.governance.grant.GrantRules;
import dev.sheaf.governance.grant.GrantState;
import dev.sheaf.governance.grant.GrantSubject;
import dev.sheaf.governance.grant.GrantTransitions;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.product.Ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/// Access to products that are not one's own: asked for, decided upon by owners, seen by auditors.
///
/// Whoever may know of a product may ask; its owners are those whose tokens cover its domain. Who
/// may not know of a grant hears that it is not there.
public final class GrantRoutes {
    private static final String LIST = "grant.list";
    private static final String READ = "grant.read";
    private static final String REQUEST = "grant.request";
    private static final int GRANTS_DEFAULT = 100;
    private static final int GRANTS_MAX = 10_000;

    private final GrantBook book;
    private final MeshRegistry registry;
    private final Sight sight;
    private final BiPredicate<Principal, String> knowsType;
    private final Supplier<GrantRules> rules;
    private final Audit audit;
    private final GrantIds ids;
    private final Clock clock;

    /// @param knowsType whether a caller may know of a context type of that name
    /// @param rules by the policies in force, asked for each time
    public GrantRoutes(
            Ledger ledger,
            GrantBook book,
            Governance governance,
            MeshRegistry registry,
            BiPredicate<Principal, String> knowsType,
            Supplier<GrantRules> rules,
            Audit audit,
            GrantIds ids,
            Clock clock) {
        this.book = book;
        this.registry = registry;
        this.sight = new Sight(ledger, governance, registry, audit);
        this.knowsType = knowsType;
        this.rules = rules;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    public List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        Access decide = Access.needs(Scope.ACCESS_DECIDE);
        String grants = "/api/v1/grants";
        String grant = grants + "/{grant}";
        return List.of(
                Route.of("GET", grants, read, this::list),
                Route.of("POST", grants, Access.needs(Scope.ACCESS_REQUEST), this::ask),
                Route.of("GET", grant, read, this::one),
                Route.of("POST", grant + "/approve", decide, this::approve),
                Route.of("POST", grant + "/deny", decide, this::deny),
                Route.of("POST", grant + "/revoke", decide, this::revoke));
    }

    private Reply ask(Request request) {
        GrantRequest wanted = request.json(GrantRequest.class);
        Instant until =
                wanted.until()
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.BAD_REQUEST,
                                        "the request does not say until when; every grant has an"
                                                + " end"));
        ProductName product = ProductName.parse(wanted.product());
        if (!knowsType.test(request.caller(), product.toString())) {
            sight.seen(request, product, REQUEST);
        }
        Instant now = clock.instant();
        GrantAsk ask =
                new GrantAsk(
                        product,
                        wanted.subject().map(GrantSubject::parse),
                        wanted.purpose(),
                        wanted.from(),
                        until,
                        wanted.clear().orElse(false),
                        wanted.reason().orElse(""));
        Grant grant =
                Grant.asked(
                        ids.grant(),
                        transitions().ask(ask, request.caller().subject(), now, book.all()));
        book.add(grant);
        record(request, REQUEST, grant, Audit.Outcome.DONE, Map.of());
        return new Reply.Json(
                201,
                GrantAnswers.grant(grant, now),
                Map.of("Location", "/api/v1/grants/" + grant.id()));
    }

    private Reply list(Request request) {
        GrantQuery query =
                new GrantQuery(
                        request.query("product").map(ProductName::parse),
                        request.query("subject").map(GrantSubject::parse),
                        request.query("state").map(GrantRoutes::state));
        int limit = Math.toIntExact(request.number("limit", GRANTS_DEFAULT, 1, GRANTS_MAX));
        Instant now = clock.instant();
        List<Grant> found = query.of(book.all(), actor(request), now);
        audit.record(
                request.id(),
                request.caller(),
                LIST,
                request.query("product").orElse("*"),
                Audit.Outcome.ALLOWED,
                Map.of("grants", Math.min(found.size(), limit)));
        return Reply.json(
                new GrantList(
                        found.stream()
                                .limit(limit)
                                .map(grant -> GrantAnswers.grant(grant, now))
                                .toList(),
                        found.size() > limit));
    }

    private static GrantState state(String text) {
        return Arrays.stream(GrantState.values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(
                                ProblemCode.BAD_REQUEST,
                                "there is no state '"
                                        + text
                                        + "'; there are "
                                        + Arrays.stream(GrantState.values())
                                                .map(GrantState::text)
                                                .toList()));
    }

    private Reply one(Request request) {
        Grant grant = seen(request, READ);
        record(request, READ, grant, Audit.Outcome.ALLOWED, Map.of());
        return Reply.json(GrantAnswers.grant(grant, clock.instant()));
    }

    private Reply approve(Request request) {
        GrantApproval approval = request.json(GrantApproval.class);
        return decided(
                request,
                "grant.approve",
                new GrantChoice.Approve(
                        approval.until(),
                        approval.masked().orElse(false),
                        approval.reason().orElse("")));
    }

    private Reply deny(Request request) {
        return decided(
                request,
                "grant.deny",
                new GrantChoice.Deny(request.json(GrantReason.class).reason()));
    }

    private Reply revoke(Request request) {
        return decided(
                request,
                "grant.revoke",
                new GrantChoice.Revoke(request.json(GrantReason.class).reason()));
    }

    private Reply decided(Request request, String action, GrantChoice choice) {
        Grant grant = seen(request, action);
        requireHome(grant);
        Instant now = clock.instant();
        GrantTransitions transitions = transitions();
        Grant after;
        try {
            transitions.decide(grant, actor(request), choice, now);
            // What cannot be put on record is not to come into force.
            record(request, action, grant, Audit.Outcome.ALLOWED, Map.of());
            after =
                    book.decide(
                            grant.id(),
                            ids.decision(),
                            before -> transitions.decide(before, actor(request), choice, now));
        } catch (Problem refused) {
            boolean isDenied = refused.code() == ProblemCode.FORBIDDEN;
            record(
                    request,
                    action,
                    grant,
                    isDenied ? Audit.Outcome.DENIED : Audit.Outcome.FAILED,
                    Map.of("code", refused.code().name()));
            throw refused;
        }
        record(request, action, after, Audit.Outcome.DONE, facts(choice, after));
        return Reply.json(GrantAnswers.grant(after, now));
    }

    /// Owners are where the product is.
    private void requireHome(Grant grant) {
        ProductName product = grant.request().product();
        Optional<RegionName> home = registry.decidesElsewhere(product.domain(), Optional.empty());
        if (home.isPresent()) {
            throw RemoteAnswers.elsewhere(
                    registry,
                    product.toString(),
                    home.get(),
                    "grants are decided on at home, decide it there: ",
                    "");
        }
    }

    private static Map<String, String> facts(GrantChoice choice, Grant after) {
        return switch (choice) {
            case GrantChoice.Approve approve ->
                    after.terms()
                            .map(terms ->
                                    Map.of(
                                            "until",
                                            terms.until().toString(),
                                            "clear",
                                            Boolean.toString(terms.isClear()),
                                            "reason",
                                            approve.reason()))
                            .orElse(Map.of());
            case GrantChoice.Deny(String reason) -> Map.of("reason", reason);
            case GrantChoice.Revoke(String reason) -> Map.of("reason", reason);
        };
    }

    /// The grant that the path names, if its caller may know of it.
    ///
    /// @throws Problem NOT_FOUND
    private Grant seen(Request request, String action) {
        String id = request.path("grant");
        Optional<Grant> found = book.find(id).filter(actor(request)::sees);
        if (found.isEmpty()) {
            audit.record(
                    request.id(), request.caller(), action, id, Audit.Outcome.DENIED, Map.of());
        }
        return found.orElseThrow(() ->
                new Problem(
                        ProblemCode.NOT_FOUND, "there is no grant '" + id + "' that you may see"));
    }

    private void record(
            Request request,
            String action,
            Grant grant,
            Audit.Outcome outcome,
            Map<String, String> facts) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put("product", grant.request().product().toString());
        all.put("holder", grant.request().subject().text());
        all.put("purpose", grant.request().purpose());
        audit.record(request.id(), request.caller(), action, grant.id(), outcome, all);
    }

    private GrantTransitions transitions() {
        return new GrantTransitions(rules.get());
    }

    private static GrantActor actor(Request request) {
        return new GrantActor(Governance.subject(request.caller()));
    }
}
