package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a caller may see of the context and do to it, by the policies in force. A type that they
/// may not know of looks as if it did not exist, in the same words; so do the mesh's own types.
/// What is refused is on record.
final class ContextSight {
    private static final int ID_BYTES_MAX = 512;
    private static final int SHOWN_CHARACTERS_MAX = 80;

    private final ContextService service;
    private final ContextAccess access;
    private final Audit audit;

    ContextSight(ContextService service, ContextAccess access, Audit audit) {
        this.service = service;
        this.access = access;
        this.audit = audit;
    }

    List<TypeInfo> types(Request request) {
        Asker asker = Asker.of(request);
        return service.types().stream()
                .filter(type -> access.knows(asker, type.name()))
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .toList();
    }

    /// A type as a whole that is read.
    ///
    /// @param action for the audit log
    /// @throws Problem NOT_FOUND; FORBIDDEN with the policy's reasons
    Verdict.View read(Request request, String type, String action) {
        return granted(
                request, access.read(Asker.of(request), type, Optional.empty()), type, action);
    }

    /// A document that is read; whether there is one remains to be seen.
    ///
    /// @throws Problem NOT_FOUND; FORBIDDEN with the policy's reasons
    Verdict.View read(Request request, DocumentKey key, String action) {
        return granted(
                request,
                access.read(Asker.of(request), key.type(), Optional.of(key.id())),
                key.type(),
                action);
    }

    /// Whether the caller may read a document of a type that they may read as a whole.
    boolean sees(Request request, String type, String id) {
        return access.isSame()
                || access.read(Asker.of(request), type, Optional.of(id)) instanceof Verdict.View;
    }

    /// A document that is to be written, removed or erased.
    ///
    /// @return with the masks of what the caller sees of it
    /// @throws Problem NOT_FOUND; FORBIDDEN with the policy's reasons
    Verdict.View change(Request request, DocumentKey key, Action wanted, String action) {
        return granted(
                request,
                access.change(Asker.of(request), wanted, key.type(), Optional.of(key.id())),
                key.type(),
                action);
    }

    /// A type as a whole, documents of which are to be erased.
    ///
    /// @throws Problem NOT_FOUND; FORBIDDEN with the policy's reasons
    void erase(Request request, String type, String action) {
        granted(
                request,
                access.change(Asker.of(request), Action.CONTEXT_ERASE, type, Optional.empty()),
                type,
                action);
    }

    /// Whether there is no such type for anybody, which only those are told whose token covers all
    /// domains.
    boolean isNone(Request request, String type) {
        return request.caller().domains().contains(Principal.ALL_DOMAINS)
                && service.declared(type).isEmpty();
    }

    /// The document that the path names.
    ///
    /// @throws Problem INVALID_VALUE for what cannot be an id
    static DocumentKey document(Request request) {
        return new DocumentKey(request.path("type"), id(request.path("id")));
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

    Verdict.View granted(Request request, Verdict verdict, String type, String action) {
        return switch (verdict) {
            case Verdict.View view -> view;
            case Verdict.Refused refused -> {
                denied(
                        request,
                        type,
                        action,
                        Map.of("reasons", String.join("; ", refused.reasons())));
                throw refused(type, refused);
            }
            case Verdict.Unseen _ -> {
                denied(request, type, action, Map.of());
                throw noType(type);
            }
        };
    }

    private void denied(Request request, String type, String action, Map<String, Object> facts) {
        audit.record(request.id(), request.caller(), action, type, Audit.Outcome.DENIED, facts);
    }

    static Problem refused(String type, Verdict.Refused refused) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "you may not do that with "
                        + type
                        + ": "
                        + String.join("; ", refused.reasons())
                        + ". A grant counts for the purpose that it names, word for word (purpose);"
                        + " 'sheaf access list' shows yours",
                Map.of("reasons", refused.reasons()),
                null);
    }

    /// @throws Problem FORBIDDEN when the token covers some domains only
    void requireAllDomains(Request request, String wayOut) {
        if (!request.caller().domains().contains(Principal.ALL_DOMAINS)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN, "your token does not cover all domains; " + wayOut);
        }
    }

    /// @throws Problem FORBIDDEN when the token does not cover the domain that is to own a type
    void requireDomain(Request request, DomainName domain, String type, String action) {
        if (!request.caller().covers(domain)) {
            denied(request, type, action, Map.of("domain", domain.value()));
            throw new Problem(
                    ProblemCode.FORBIDDEN, "your token does not cover the domain " + domain);
        }
    }

    static Problem noType(String name) {
        String shown =
                name.length() > SHOWN_CHARACTERS_MAX
                        ? name.substring(0, SHOWN_CHARACTERS_MAX) + "…"
                        : name;
        return new Problem(
                ProblemCode.NOT_FOUND, "there is no context type '" + shown + "' that you may see");
    }
}
