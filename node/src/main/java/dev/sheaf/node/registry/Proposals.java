package dev.sheaf.node.registry;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.DocumentFollower;
import dev.sheaf.product.apply.ManifestReader;
import dev.sheaf.product.apply.Manifests;
import dev.sheaf.registry.CanonicalJson;
import dev.sheaf.registry.DocumentText;
import dev.sheaf.registry.Proposal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Proposals of this region to others, and of others to this one: documents between two regions, so
/// no third reads them. The region that proposes signs its part, the home the outcome; what is not
/// signed so does not count. A proposal made while the link is cut arrives once it is up again. For
/// any thread.
public final class Proposals {
    private static final String REQUEST = "request";
    private static final String REQUEST_SIGNATURE = "requestSignature";
    private static final String OUTCOME = "outcome";
    private static final String OUTCOME_SIGNATURE = "outcomeSignature";

    private final MeshDocuments documents;
    private final FaultBook faults;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param domains that the manifests declare or change
    private record Known(
            String type, Proposal proposal, JsonNode document, Set<DomainName> domains) {}

    Proposals(MeshDocuments documents, FaultBook faults) {
        this.documents = documents;
        this.faults = faults;
    }

    /// Newest first.
    public List<Proposal> all() {
        return known.values().stream()
                .map(Known::proposal)
                .sorted(Comparator.comparing(Proposal::at).reversed().thenComparing(Proposal::id))
                .toList();
    }

    public Optional<Proposal> find(String id) {
        return Optional.ofNullable(known.get(id)).map(Known::proposal);
    }

    /// The domains that a proposal's manifests name; empty where they cannot be read.
    public Set<DomainName> domains(String id) {
        return Optional.ofNullable(known.get(id)).map(Known::domains).orElse(Set.of());
    }

    /// The domains that manifests name.
    public static Set<DomainName> domainsOf(Manifests manifests) {
        Set<DomainName> domains = new TreeSet<>(Comparator.comparing(DomainName::value));
        manifests.domains().forEach(domain -> domains.add(domain.name()));
        manifests.products().forEach(product -> domains.add(product.name().domain()));
        manifests.contracts().stream()
                .flatMap(contract -> contract.contract().domain().stream())
                .map(DomainName::new)
                .forEach(domains::add);
        return domains;
    }

    /// Writes a proposal of this region.
    public void propose(Proposal proposal) {
        String type = documents.proposals(proposal.home());
        ObjectNode request = proposal.request();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set(REQUEST, request);
        document.put(REQUEST_SIGNATURE, sign(type, proposal.id(), request));
        documents.write(type, proposal.id(), document);
        known.put(proposal.id(), new Known(type, proposal, document, domains(proposal)));
    }

    /// Writes what this region, the proposal's home, has decided.
    ///
    /// @throws Problem CONFLICT when it was decided before
    public synchronized Proposal decide(String id, Proposal.Outcome outcome) {
        Known before = known.get(id);
        if (before == null || before.proposal().outcome().isPresent()) {
            throw new Problem(ProblemCode.CONFLICT, "the proposal " + id + " is not open any more");
        }
        ObjectNode decided = Proposal.outcome(id, outcome);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set(REQUEST, before.document().path(REQUEST));
        document.set(REQUEST_SIGNATURE, before.document().path(REQUEST_SIGNATURE));
        document.set(OUTCOME, decided);
        document.put(OUTCOME_SIGNATURE, sign(before.type(), id, decided));
        documents.write(before.type(), id, document);
        Proposal after = before.proposal().with(outcome);
        known.put(id, new Known(before.type(), after, document, before.domains()));
        return after;
    }

    private String sign(String type, String id, JsonNode content) {
        return documents.signatures().sign(payload(type, id, content));
    }

    /// What is signed says also where it stands.
    private static byte[] payload(String type, String id, JsonNode content) {
        ObjectNode signed = JsonNodeFactory.instance.objectNode();
        signed.put("type", type);
        signed.put("document", id);
        signed.set("content", content);
        return CanonicalJson.bytes(signed);
    }

    private static Set<DomainName> domains(Proposal proposal) {
        return domainsOf(
                ManifestReader.read(proposal.files().stream().map(DocumentText::source).toList()));
    }

    /// Reads the documents of a type.
    DocumentFollower.Reader reader(String type) {
        return new DocumentFollower.Reader() {
            @Override
            public void take(String id, Optional<JsonNode> document, Optional<String> origin) {
                try {
                    document.ifPresentOrElse(each -> put(type, id, each), () -> known.remove(id));
                    faults.remove(type, id);
                } catch (Problem fault) {
                    faults.add(type, id, fault.message());
                }
            }

            @Override
            public Set<String> ids() {
                Set<String> ids = new TreeSet<>();
                known.forEach((id, each) -> {
                    if (each.type().equals(type)) {
                        ids.add(id);
                    }
                });
                return ids;
            }

            @Override
            public Set<String> unsettled() {
                return faults.of(type);
            }
        };
    }

    private void put(String type, String id, JsonNode document) {
        Proposal request = Proposal.readRequest(document.path(REQUEST));
        requirePlace(type, id, request);
        verify(request.from(), type, id, document, REQUEST, REQUEST_SIGNATURE);
        Proposal proposal = request;
        if (document.has(OUTCOME)) {
            verify(request.home(), type, id, document, OUTCOME, OUTCOME_SIGNATURE);
            proposal = request.with(Proposal.readOutcome(id, document.path(OUTCOME)));
        }
        Known next = new Known(type, proposal, document, domains(proposal));
        // What was decided stays decided, whoever writes an older document again.
        known.merge(
                id,
                next,
                (before, after) ->
                        before.proposal().outcome().isPresent()
                                        && after.proposal().outcome().isEmpty()
                                ? before
                                : after);
    }

    private void requirePlace(String type, String id, Proposal proposal) {
        RegionName own = documents.own();
        RegionName other = proposal.from().equals(own) ? proposal.home() : proposal.from();
        boolean isOurs = proposal.from().equals(own) || proposal.home().equals(own);
        if (!isOurs
                || !documents.peers().contains(other)
                || !documents.proposals(other).equals(type)
                || !proposal.id().equals(id)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the proposal "
                            + proposal.id()
                            + " of "
                            + proposal.from()
                            + " to "
                            + proposal.home()
                            + " has no place in "
                            + type
                            + " "
                            + id);
        }
    }

    private void verify(
            RegionName signer,
            String type,
            String id,
            JsonNode document,
            String content,
            String signature) {
        documents
                .signatures()
                .verify(
                        signer,
                        payload(type, id, document.path(content)),
                        document.path(signature).asString(""));
    }
}
