package dev.sheaf.node.api;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.ProposalAcceptance;
import dev.sheaf.client.ProposalInfo;
import dev.sheaf.client.ProposalList;
import dev.sheaf.client.ProposalRejection;
import dev.sheaf.client.ProposalRequest;
import dev.sheaf.client.RegistryConflict;
import dev.sheaf.client.RegistryFault;
import dev.sheaf.client.RegistryInfo;
import dev.sheaf.client.RegistryRegion;
import dev.sheaf.contract.Source;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.registry.Proposals;
import dev.sheaf.product.Domain;
import dev.sheaf.product.apply.ManifestReader;
import dev.sheaf.product.apply.Manifests;
import dev.sheaf.product.apply.Plan;
import dev.sheaf.registry.DocumentText;
import dev.sheaf.registry.Proposal;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// The catalog of all regions as a whole, and proposals: of those who may not change a domain to
/// the region that may. Who proposes sees their own, owners those to their domains; others hear
/// that they are not there.
public final class RegistryRoutes {
    private static final int REASON_CHARACTERS_MAX = 1000;

    private final MeshRegistry registry;
    private final Applying applying;
    private final Audit audit;
    private final ByteSize manifestsMax;
    private final Clock clock;

    /// @param mesh what applies an accepted proposal
    public RegistryRoutes(
            MeshRegistry registry,
            MeshRoutes mesh,
            Audit audit,
            ByteSize manifestsMax,
            Clock clock) {
        this.registry = registry;
        this.applying = mesh.applying();
        this.audit = audit;
        this.manifestsMax = manifestsMax;
        this.clock = clock;
    }

    public List<Route> routes() {
        Access read = Access.needs(Scope.CATALOG_READ);
        Access apply = Access.needs(Scope.MESH_APPLY);
        String proposals = "/api/v1/proposals";
        return List.of(
                Route.of("GET", "/api/v1/registry", read, this::registry),
                Route.of("POST", proposals, apply, this::propose),
                Route.of("GET", proposals, read, this::list),
                Route.of("GET", proposals + "/{proposal}", read, this::one),
                Route.of("POST", proposals + "/{proposal}/accept", apply, this::accept),
                Route.of("POST", proposals + "/{proposal}/reject", apply, this::reject));
    }

    private Reply registry(Request request) {
        Principal caller = request.caller();
        boolean isOfAll = caller.covers(new DomainName("mesh"));
        return Reply.json(
                new RegistryInfo(
                        registry.own().toString(),
                        registry.peers().stream().sorted().map(this::region).toList(),
                        registry.catalog().conflicts().stream()
                                .filter(domain -> caller.covers(domain.domain().name()))
                                .map(domain ->
                                        new RegistryConflict(
                                                domain.domain().name().value(),
                                                domain.home().toString(),
                                                domain.others().stream()
                                                        .map(RegionName::toString)
                                                        .toList()))
                                .toList(),
                        isOfAll
                                ? registry.faults().stream()
                                        .map(fault ->
                                                new RegistryFault(
                                                        fault.type(),
                                                        fault.document(),
                                                        fault.reason(),
                                                        fault.at()))
                                        .toList()
                                : List.of()));
    }

    private RegistryRegion region(RegionName region) {
        return new RegistryRegion(
                region.toString(),
                registry.address(region),
                registry.catalog().policyRevision(region),
                registry.age(region).map(age -> clock.instant().minus(age)),
                registry.age(region)
                        .map(age -> OptionalLong.of(age.plusSeconds(1).minusNanos(1).toSeconds()))
                        .orElse(OptionalLong.empty()),
                Math.toIntExact(
                        registry.remote().stream()
                                .filter(product -> product.home().equals(region))
                                .count()));
    }

    private Reply propose(Request request) {
        ProposalRequest body = request.json(ProposalRequest.class, manifestsMax);
        List<Source> sources =
                body.files().stream().map(file -> new Source(file.path(), file.content())).toList();
        Manifests manifests = ManifestReader.read(sources);
        String reason = body.reason().orElse("");
        requireShort(reason);
        Proposal proposal =
                new Proposal(
                        "p-" + UUID.randomUUID() + "@" + registry.own(),
                        registry.own(),
                        home(manifests),
                        request.caller().subject(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        reason,
                        sources.stream().map(DocumentText::of).toList(),
                        Optional.empty());
        registry.proposals().propose(proposal);
        record(request, "proposal.make", proposal, Audit.Outcome.DONE);
        return new Reply.Json(
                201, info(proposal), Map.of("Location", "/api/v1/proposals/" + proposal.id()));
    }

    private static void requireShort(String reason) {
        if (reason.length() > REASON_CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "a reason has at most " + REASON_CHARACTERS_MAX + " characters");
        }
    }

    /// The one region that decides about all that the manifests name.
    private RegionName home(Manifests manifests) {
        Set<RegionName> homes = new TreeSet<>();
        for (DomainName domain : Proposals.domainsOf(manifests)) {
            Optional<RegionName> declared =
                    manifests.domains().stream()
                            .filter(each -> each.name().equals(domain))
                            .map(Domain::homeRegion)
                            .findFirst();
            homes.add(registry.decidesElsewhere(domain, declared).orElse(registry.own()));
        }
        if (homes.isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the files name no domain, so nobody can be asked"
                            + manifests.findings().stream()
                                    .findFirst()
                                    .map(finding -> ": " + finding)
                                    .orElse(""));
        }
        if (homes.size() > 1) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the files name domains of several regions, "
                            + homes
                            + "; make a proposal to each of them");
        }
        RegionName home = homes.iterator().next();
        if (home.equals(registry.own())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "this region decides about these domains; apply the files instead of proposing"
                            + " them");
        }
        return home;
    }

    private Reply list(Request request) {
        Optional<String> state = request.query("state");
        List<ProposalInfo> found =
                registry.proposals().all().stream()
                        .filter(proposal -> sees(request.caller(), proposal))
                        .filter(proposal -> state.map(state(proposal)::equals).orElse(true))
                        .map(this::info)
                        .toList();
        return Reply.json(new ProposalList(found));
    }

    private Reply one(Request request) {
        Proposal proposal = seen(request, "proposal.read");
        record(request, "proposal.read", proposal, Audit.Outcome.ALLOWED);
        boolean isToBePlanned =
                proposal.home().equals(registry.own())
                        && proposal.outcome().isEmpty()
                        && request.caller().may(Scope.MESH_APPLY);
        if (!isToBePlanned) {
            return Reply.json(info(proposal));
        }
        try {
            Plan plan = planned(request, proposal, "proposal.plan");
            return Reply.json(
                    info(proposal, Optional.of(PlanAnswers.plan(plan)), Optional.empty()));
        } catch (Problem wrong) {
            return Reply.json(
                    info(
                            proposal,
                            Optional.empty(),
                            Optional.of(ProblemBody.of(wrong, request.id()))));
        }
    }

    private Plan planned(Request request, Proposal proposal, String action) {
        return applying.planned(
                request, proposal.files().stream().map(DocumentText::source).toList(), action);
    }

    private Reply accept(Request request) {
        ProposalAcceptance body = request.json(ProposalAcceptance.class);
        requireShort(body.reason().orElse(""));
        Proposal proposal = toDecide(request, "proposal.accept");
        Plan plan = planned(request, proposal, "proposal.accept");
        applying.applied(request, plan, body.expectedPlan());
        return decided(
                request,
                "proposal.accept",
                proposal,
                Proposal.State.ACCEPTED,
                body.reason().orElse(""));
    }

    private Reply reject(Request request) {
        ProposalRejection body = request.json(ProposalRejection.class);
        requireShort(body.reason());
        if (body.reason().isBlank()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "who proposed wants to know the reason; give one");
        }
        Proposal proposal = toDecide(request, "proposal.reject");
        return decided(
                request, "proposal.reject", proposal, Proposal.State.REJECTED, body.reason());
    }

    private Reply decided(
            Request request,
            String action,
            Proposal proposal,
            Proposal.State state,
            String reason) {
        Proposal after =
                registry.proposals()
                        .decide(
                                proposal.id(),
                                new Proposal.Outcome(
                                        state,
                                        request.caller().subject(),
                                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                        reason));
        record(request, action, after, Audit.Outcome.DONE);
        return Reply.json(info(after));
    }

    /// @throws Problem NOT_FOUND; CONFLICT when it is another region's to decide, or decided;
    ///   FORBIDDEN when the caller's token does not cover all of its domains
    private Proposal toDecide(Request request, String action) {
        Proposal proposal = seen(request, action);
        if (!proposal.home().equals(registry.own())) {
            throw RemoteAnswers.elsewhere(
                    registry,
                    "what " + proposal.id() + " would change",
                    proposal.home(),
                    "only its home decides, and ",
                    "");
        }
        if (!coversAll(request.caller(), proposal)) {
            record(request, action, proposal, Audit.Outcome.DENIED);
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "your token does not cover all domains of "
                            + proposal.id()
                            + ": "
                            + names(proposal));
        }
        if (proposal.outcome().isPresent()) {
            throw new Problem(
                    ProblemCode.CONFLICT, proposal.id() + " is " + state(proposal) + " already");
        }
        return proposal;
    }

    private Proposal seen(Request request, String action) {
        String id = request.path("proposal");
        Optional<Proposal> found =
                registry.proposals().find(id).filter(proposal -> sees(request.caller(), proposal));
        if (found.isEmpty()) {
            audit.record(
                    request.id(), request.caller(), action, id, Audit.Outcome.DENIED, Map.of());
        }
        return found.orElseThrow(() ->
                new Problem(
                        ProblemCode.NOT_FOUND,
                        "there is no proposal '" + id + "' that you may see"));
    }

    /// Names of people count in the region whose tokens say them.
    private boolean sees(Principal caller, Proposal proposal) {
        boolean isOwn =
                proposal.from().equals(registry.own()) && proposal.by().equals(caller.subject());
        return isOwn || coversAll(caller, proposal);
    }

    private boolean coversAll(Principal caller, Proposal proposal) {
        Set<DomainName> domains = registry.proposals().domains(proposal.id());
        return domains.isEmpty()
                ? caller.covers(new DomainName("mesh"))
                : domains.stream().allMatch(caller::covers);
    }

    private List<String> names(Proposal proposal) {
        return registry.proposals().domains(proposal.id()).stream().map(DomainName::value).toList();
    }

    private static String state(Proposal proposal) {
        return proposal.outcome()
                .map(outcome -> outcome.state().name().toLowerCase(Locale.ROOT))
                .orElse("open");
    }

    private ProposalInfo info(Proposal proposal) {
        return info(proposal, Optional.empty(), Optional.empty());
    }

    private ProposalInfo info(
            Proposal proposal,
            Optional<dev.sheaf.client.Plan> plan,
            Optional<ProblemBody> problem) {
        return new ProposalInfo(
                proposal.id(),
                proposal.from().toString(),
                proposal.home().toString(),
                names(proposal),
                proposal.by(),
                proposal.at(),
                proposal.reason(),
                proposal.files().stream().map(DocumentText::name).toList(),
                state(proposal),
                proposal.outcome().map(Proposal.Outcome::by),
                proposal.outcome().map(Proposal.Outcome::at),
                proposal.outcome().map(Proposal.Outcome::reason).filter(text -> !text.isEmpty()),
                plan,
                problem);
    }

    private void record(Request request, String action, Proposal proposal, Audit.Outcome outcome) {
        audit.record(
                request.id(),
                request.caller(),
                action,
                proposal.id(),
                outcome,
                Map.of(
                        "from",
                        proposal.from().toString(),
                        "home",
                        proposal.home().toString(),
                        "by",
                        proposal.by(),
                        "state",
                        state(proposal)));
    }
}
