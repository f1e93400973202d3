package dev.sheaf.node.context;

import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.codec.IncomingEvent;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a caller may see of the context: types of the domains that their token covers. Any other
/// looks as if it did not exist, in the same words; so do the mesh's own types, which nobody reads
/// or writes as documents, whatever their token covers.
final class ContextSight {
    private static final String OF_THE_MESH = "mesh.";
    private static final int ID_BYTES_MAX = 512;
    private static final int SHOWN_CHARACTERS_MAX = 80;

    private final ContextService service;
    private final Audit audit;
    private final EventJsonReader events;

    ContextSight(ContextService service, Audit audit, EventJsonReader events) {
        this.service = service;
        this.audit = audit;
        this.events = events;
    }

    List<TypeInfo> types(Request request) {
        return service.types().stream()
                .filter(type -> covers(request.caller(), type))
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .toList();
    }

    /// The type that the path names.
    ///
    /// @param action for the audit log, should the caller not see it
    /// @throws Problem NOT_FOUND
    String type(Request request, String action) {
        String name = request.path("type");
        require(request, name, action);
        return name;
    }

    /// The document that the path names; whether there is one remains to be seen.
    ///
    /// @throws Problem NOT_FOUND, or INVALID_VALUE for what cannot be an id
    DocumentKey document(Request request, String action) {
        return new DocumentKey(type(request, action), id(request.path("id")));
    }

    /// @throws Problem INVALID_VALUE
    static String id(String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        boolean plain = id.codePoints().noneMatch(Character::isISOControl);
        if (bytes == 0 || bytes > ID_BYTES_MAX || !plain) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a document's id has 1 to "
                            + ID_BYTES_MAX
                            + " bytes and no control characters; this has "
                            + bytes
                            + " bytes"
                            + (plain ? "" : " and control characters"));
        }
        return id;
    }

    void require(Request request, String type, String action) {
        if (!covers(request.caller(), type)) {
            audit.record(
                    request.id(), request.caller(), action, type, Audit.Outcome.DENIED, Map.of());
            throw noType(type);
        }
    }

    /// Requires the types that events name.
    ///
    /// @param fallback for events that name none
    /// @throws Problem NOT_FOUND when the caller may not see one of them
    void requireTypes(Request request, byte[] json, Optional<String> fallback, String action) {
        fallback.ifPresent(type -> require(request, type, action));
        if (coversAll(request.caller())) {
            return;
        }
        Set<String> types = new LinkedHashSet<>();
        events.read(
                json,
                0,
                json.length,
                new EventJsonReader.Receiver() {
                    @Override
                    public void event(int index, IncomingEvent event) {
                        event.type().ifPresent(types::add);
                    }

                    @Override
                    public void refused(int index, Problem problem) {
                        // The service refuses it too, and says so in its place.
                    }
                });
        types.forEach(type -> require(request, type, action));
    }

    /// @throws Problem FORBIDDEN when the token covers some domains only
    void requireAllDomains(Request request, String wayOut) {
        if (!coversAll(request.caller())) {
            throw new Problem(
                    ProblemCode.FORBIDDEN, "your token does not cover all domains; " + wayOut);
        }
    }

    /// @throws Problem FORBIDDEN when the token does not cover the domain that is to own a type
    void requireDomain(Request request, DomainName domain, String type, String action) {
        if (!request.caller().covers(domain)) {
            audit.record(
                    request.id(),
                    request.caller(),
                    action,
                    type,
                    Audit.Outcome.DENIED,
                    Map.of("domain", domain.value()));
            throw new Problem(
                    ProblemCode.FORBIDDEN, "your token does not cover the domain " + domain);
        }
    }

    private boolean covers(Principal caller, String type) {
        return service.type(type).filter(info -> covers(caller, info)).isPresent();
    }

    private static boolean covers(Principal caller, TypeInfo type) {
        return !type.name().startsWith(OF_THE_MESH)
                && (coversAll(caller) || caller.domains().contains(type.domain()));
    }

    private static boolean coversAll(Principal caller) {
        return caller.domains().contains(Principal.ALL_DOMAINS);
    }

    private static Problem noType(String name) {
        String shown =
                name.length() > SHOWN_CHARACTERS_MAX
                        ? name.substring(0, SHOWN_CHARACTERS_MAX) + "…"
                        : name;
        return new Problem(
                ProblemCode.NOT_FOUND, "there is no context type '" + shown + "' that you may see");
    }
}
