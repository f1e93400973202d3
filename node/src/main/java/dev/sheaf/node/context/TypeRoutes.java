package dev.sheaf.node.context;

import dev.sheaf.client.ContextTypeList;
import dev.sheaf.client.SubjectErased;
import dev.sheaf.client.SubjectErasure;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.ContextTypeReader;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What concerns a context type as a whole: its declaration, and erasure of a subject's documents.
final class TypeRoutes {
    private static final String APPLY = "context.type.apply";
    private static final String ERASE = "context.subject.erase";

    private final ContextService service;
    private final ContextSight sight;
    private final Replication replication;
    private final Runnable whenDeclared;
    private final Audit audit;
    private final ByteSize declarationMax;

    /// @param whenDeclared told that a type was applied
    TypeRoutes(
            ContextService service,
            ContextSight sight,
            Replication replication,
            Runnable whenDeclared,
            Audit audit,
            ByteSize declarationMax) {
        this.service = service;
        this.sight = sight;
        this.replication = replication;
        this.whenDeclared = whenDeclared;
        this.audit = audit;
        this.declarationMax = declarationMax;
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/api/v1/context-types",
                        Access.needs(Scope.CONTEXT_READ),
                        this::types),
                Route.of(
                        "PUT",
                        "/api/v1/context-types/{name}",
                        Access.needs(Scope.CONTEXT_ADMIN),
                        this::apply),
                Route.of(
                        "POST",
                        "/api/v1/context-subjects/{type}/erase",
                        Access.needs(Scope.CONTEXT_ERASE),
                        this::eraseSubject));
    }

    private Reply types(Request request) {
        return Reply.json(
                new ContextTypeList(
                        sight.types(request).stream().map(ContextAnswers::type).toList()));
    }

    private Reply apply(Request request) {
        MediaTypes.require(request, MediaTypes.YAML);
        String name = request.path("name");
        String yaml = new String(request.wholeBody(declarationMax), StandardCharsets.UTF_8);
        ContextType declared = ContextTypeReader.read(yaml, "body").orThrow();
        if (!declared.name().equals(name)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the declaration is of '"
                            + declared.name()
                            + "', and the path names another type; they must be the same");
        }
        sight.requireDomain(request, declared.domain(), name, APPLY);
        Optional<TypeInfo> before = service.type(name);
        before.ifPresent(
                type -> sight.requireDomain(request, new DomainName(type.domain()), name, APPLY));
        requireReplicable(request, service.drafted(yaml, name));
        TypeInfo applied = service.applyType(yaml, name);
        whenDeclared.run();
        audit.record(
                request.id(),
                request.caller(),
                APPLY,
                name,
                Audit.Outcome.DONE,
                Map.of(
                        "domain",
                        applied.domain(),
                        "digest",
                        Sha256.of(yaml.getBytes(StandardCharsets.UTF_8)).hex(),
                        "created",
                        before.isEmpty()));
        return Reply.json(ContextAnswers.type(applied));
    }

    /// @throws Problem FORBIDDEN with what policies say of each region that they deny
    private void requireReplicable(Request request, DeclaredType type) {
        Map<RegionName, List<String>> refused = replication.refusals(type);
        if (!refused.isEmpty()) {
            String reasons =
                    refused.entrySet().stream()
                            .map(region ->
                                    region.getKey() + ": " + String.join("; ", region.getValue()))
                            .collect(Collectors.joining(". "));
            audit.record(
                    request.id(),
                    request.caller(),
                    APPLY,
                    type.name(),
                    Audit.Outcome.DENIED,
                    Map.of("reasons", reasons));
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    type.name()
                            + " may not go to all regions of its scope as it is declared. "
                            + reasons
                            + ". Leave the regions out of its residency, or let visibility hide the"
                            + " fields from them");
        }
    }

    private Reply eraseSubject(Request request) {
        String type = request.path("type");
        sight.erase(request, type, ERASE);
        SubjectErasure wanted = request.json(SubjectErasure.class);
        if (wanted.subject().isBlank()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the erasure names no subject");
        }
        String eventId = WriteHeaders.eventId(wanted.eventId());
        long erased =
                service.eraseSubject(type, wanted.subject(), eventId, request.caller().subject());
        // Whose data it was is what has been erased; the event id leads back to the request for it.
        audit.record(
                request.id(),
                request.caller(),
                ERASE,
                type,
                Audit.Outcome.DONE,
                Map.of("event", eventId, "documents", erased));
        return Reply.json(new SubjectErased(eventId, erased));
    }
}
