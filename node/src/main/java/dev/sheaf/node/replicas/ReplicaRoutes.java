package dev.sheaf.node.replicas;

import dev.sheaf.client.ReplicaList;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;

import java.util.List;
import java.util.Map;

/// What lies here of other regions, for those who see the links with them.
public final class ReplicaRoutes {
    private final Replicas replicas;
    private final Audit audit;

    public ReplicaRoutes(Replicas replicas, Audit audit) {
        this.replicas = replicas;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/v1/replicas", Access.needs(Scope.LINKS_READ), this::list));
    }

    /// Names products of all domains, which not every caller may know of.
    private Reply list(Request request) {
        Principal caller = request.caller();
        boolean isAllowed = caller.domains().contains(Principal.ALL_DOMAINS);
        audit.record(
                request.id(),
                caller,
                "replicas.read",
                "*",
                isAllowed ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                Map.of());
        if (!isAllowed) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "replicas are of all domains: it takes a token of all domains (*)");
        }
        return Reply.json(new ReplicaList(replicas.list()));
    }
}
