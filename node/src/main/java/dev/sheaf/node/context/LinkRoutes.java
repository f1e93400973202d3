package dev.sheaf.node.context;

import dev.sheaf.client.ContextDigestList;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.LinkInfo;
import dev.sheaf.client.LinkList;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// How the node stands with other regions, and how that is disturbed on purpose.
final class LinkRoutes {
    private static final long DELAY_MILLIS_MAX = 60_000;

    private final ContextService service;
    private final Optional<LinkFaultSwitch> faults;
    private final Audit audit;

    LinkRoutes(ContextService service, Optional<LinkFaultSwitch> faults, Audit audit) {
        this.service = service;
        this.faults = faults;
        this.audit = audit;
    }

    List<Route> routes() {
        Access read = Access.needs(Scope.LINKS_READ);
        return List.of(
                Route.of("GET", "/api/v1/links", read, this::links),
                Route.of("GET", "/api/v1/context-digests", read, this::digests),
                Route.of(
                        "POST",
                        "/api/v1/links/{+region}/faults",
                        Access.needs(Scope.CONTEXT_ADMIN),
                        this::fault));
    }

    private Reply links(Request request) {
        return Reply.json(
                new LinkList(
                        service.links().stream()
                                .map(ContextAnswers::link)
                                .sorted(Comparator.comparing(LinkInfo::region))
                                .toList()));
    }

    private Reply digests(Request request) {
        return Reply.json(
                new ContextDigestList(
                        service.digests().stream().map(ContextAnswers::digest).toList()));
    }

    private Reply fault(Request request) {
        RegionName region = RegionName.parse(request.path("region"));
        LinkFault fault = request.json(LinkFault.class);
        LinkFaultSwitch disturb =
                faults.orElseThrow(() ->
                        new Problem(
                                ProblemCode.FORBIDDEN,
                                "this node does not run in development mode, so its links cannot"
                                        + " be disturbed"));
        if (service.links().stream().noneMatch(link -> link.region().equals(region.toString()))) {
            throw new Problem(ProblemCode.NOT_FOUND, "this node has no link with " + region);
        }
        switch (fault.action()) {
            case "cut" -> disturb.cut(region, direction(fault.direction()));
            case "heal" -> disturb.heal(region);
            case "delay" ->
                    disturb.delay(
                            region,
                            millis("delayMs", fault.delayMs()),
                            millis("jitterMs", fault.jitterMs()));
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE, "action is none of cut, heal, delay");
        }
        audit.record(
                request.id(),
                request.caller(),
                "link.fault",
                region.toString(),
                Audit.Outcome.DONE,
                Map.of("fault", fault.action()));
        return Reply.noContent();
    }

    private static LinkFaultSwitch.Direction direction(Optional<String> given) {
        return switch (given.orElse("both")) {
            case "in" -> LinkFaultSwitch.Direction.IN;
            case "out" -> LinkFaultSwitch.Direction.OUT;
            case "both" -> LinkFaultSwitch.Direction.BOTH;
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE, "direction is none of in, out, both");
        };
    }

    private static Duration millis(String name, OptionalLong given) {
        long millis = given.orElse(0);
        if (millis < 0 || millis > DELAY_MILLIS_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    name + " is " + millis + "; from 0 to " + DELAY_MILLIS_MAX);
        }
        return Duration.ofMillis(millis);
    }
}
