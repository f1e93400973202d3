package dev.sheaf.node.membership;

import dev.sheaf.client.EvictionRequest;
import dev.sheaf.client.JoinAnswer;
import dev.sheaf.client.JoinRequest;
import dev.sheaf.client.JoinTokenInfo;
import dev.sheaf.client.JoinTokenRequest;
import dev.sheaf.client.JoinTokenText;
import dev.sheaf.client.LeaveRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Members over HTTP: who they are, how they come and go.
public final class MemberRoutes {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final String TOKENS = "tokens";

    private final MemberView view;
    private final Optional<Admissions> admissions;
    private final Optional<Departures> departures;
    private final ContextNode context;
    private final AttemptLimit limit = new AttemptLimit(System::nanoTime);
    private final Audit audit;

    /// @param membership empty where certificates are an operator's
    /// @param shards of each scope of context
    /// @param atHome products whose home is here
    public MemberRoutes(
            MemberView view,
            Optional<Membership> membership,
            ContextNode context,
            int shards,
            Supplier<List<String>> atHome,
            Audit audit,
            SecureRandom random,
            Clock clock) {
        this.view = view;
        this.context = context;
        this.admissions =
                membership.map(one -> {
                    Path folder = one.keys().files().folder().resolve(TOKENS);
                    return new Admissions(one, new JoinTokens(folder, random, clock), shards);
                });
        this.departures = membership.map(one -> new Departures(one, context, atHome));
        this.audit = audit;
    }

    public List<Route> routes() {
        Access manage = Access.needs(Scope.MESH_MEMBERS);
        return List.of(
                Route.of(
                        "GET",
                        "/api/v1/members",
                        Access.needs(Scope.LINKS_READ),
                        _ -> Reply.json(view.list())),
                Route.of("POST", "/api/v1/join-tokens", manage, this::token),
                Route.of("POST", "/api/v1/members", Access.open(), this::join),
                Route.of("POST", "/api/v1/departure", manage, this::leave),
                Route.of("POST", "/api/v1/members/{+region}/eviction", manage, this::evict));
    }

    private static Problem ofOperator() {
        return new Problem(
                ProblemCode.CONFLICT,
                "this node's certificates are configured (links.certificate), so who belongs to the"
                        + " mesh is decided by whoever issues them and by links.peers");
    }

    /// What is done is on record, whether it succeeds or not.
    private void recorded(
            Request request, String action, String resource, Map<String, ?> facts, Runnable work) {
        try {
            work.run();
        } catch (Problem e) {
            audit.record(
                    request.id(),
                    request.caller(),
                    action,
                    resource,
                    e.code() == ProblemCode.FORBIDDEN ? Audit.Outcome.DENIED : Audit.Outcome.FAILED,
                    Map.of("reason", e.message()));
            throw e;
        }
        audit.record(request.id(), request.caller(), action, resource, Audit.Outcome.DONE, facts);
    }

    private Reply token(Request request) {
        JoinTokenRequest wanted = request.json(JoinTokenRequest.class);
        RegionName region = RegionName.parse(wanted.region());
        Admissions admitting = admissions.orElseThrow(MemberRoutes::ofOperator);
        if (context.linksPort().isEmpty()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "this node listens for no links, so nobody can join it; set links.port in its"
                            + " configuration");
        }
        Admissions.Made[] made = new Admissions.Made[1];
        Duration life =
                wanted.lifetimeSeconds().isPresent()
                        ? Duration.ofSeconds(wanted.lifetimeSeconds().getAsLong())
                        : TOKEN_LIFE;
        recorded(
                request,
                "member.token",
                region.toString(),
                Map.of("lifetimeSeconds", life.toSeconds()),
                () -> made[0] = admitting.token(region, life, wanted.url()));
        return Reply.json(
                new JoinTokenInfo(made[0].token().text(), region.toString(), made[0].expiresAt()));
    }

    private Reply join(Request request) {
        limit.attempt();
        JoinRequest joining = request.json(JoinRequest.class);
        JoinTokenText token = JoinTokenText.parse(joining.token());
        Admissions admitting = admissions.orElseThrow(MemberRoutes::ofOperator);
        JoinAnswer[] answer = new JoinAnswer[1];
        recorded(
                request,
                "member.join",
                RegionName.parse(token.region()).toString(),
                Map.of("host", joining.host(), "port", joining.port()),
                () -> answer[0] = admitting.join(joining));
        return Reply.json(answer[0]);
    }

    private Reply leave(Request request) {
        LeaveRequest wanted = request.json(LeaveRequest.class);
        Departures leaving = departures.orElseThrow(MemberRoutes::ofOperator);
        recorded(
                request,
                "member.leave",
                view.self(),
                Map.of("force", wanted.force()),
                () -> leaving.leave(wanted.force()));
        return Reply.noContent();
    }

    private Reply evict(Request request) {
        RegionName region = RegionName.parse(request.path("region"));
        EvictionRequest wanted = request.json(EvictionRequest.class);
        Departures evicting = departures.orElseThrow(MemberRoutes::ofOperator);
        recorded(
                request,
                "member.evict",
                region.toString(),
                Map.of(),
                () -> evicting.evict(region, wanted.confirm()));
        return Reply.noContent();
    }
}
