package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.governance.GovernedContexts;

import java.util.List;
import java.util.Optional;

/// What the policies in force let a caller do with context types and documents. Whoever may read a
/// type, for what they say or for what a grant of theirs says, may know of it. The mesh's own types
/// are not asked about: nobody reads or writes them as documents. For any thread.
final class ContextAccess {
    private static final String FILTERED =
            "policy.filter: a policy filters rows by SQL, which documents cannot be held against; a"
                    + " policy for documents decides by the document's id, or masks fields";

    private final ContextService service;
    private final GovernedContexts policies;

    ContextAccess(ContextService service, GovernedContexts policies) {
        this.service = service;
        this.policies = policies;
    }

    /// @param id of a document, or empty for the type as a whole
    Verdict read(Asker asker, String name, Optional<String> id) {
        Optional<DeclaredType> declared = service.declared(name);
        if (declared.isEmpty()) {
            return new Verdict.Unseen();
        }
        DeclaredType type = declared.get();
        return switch (seen(asker, type, id)) {
            case Verdict.View view -> view;
            case Verdict.Refused refused -> knows(asker, type) ? refused : new Verdict.Unseen();
            case Verdict.Unseen unseen -> unseen;
        };
    }

    /// The masks of the answer are those of what the caller may read: all is masked for who may
    /// not.
    ///
    /// @param action to write or to erase
    /// @param id of a document, or empty for the type as a whole
    Verdict change(Asker asker, Action action, String name, Optional<String> id) {
        Optional<DeclaredType> declared = service.declared(name);
        if (declared.isEmpty()) {
            return new Verdict.Unseen();
        }
        DeclaredType type = declared.get();
        Verdict seen = seen(asker, type, id);
        return switch (decide(asker, action, type, id)) {
            case Decision.Allow _ ->
                    seen instanceof Verdict.View view
                            ? view
                            : new Verdict.View(type, FieldMasks.all());
            case Decision.Deny denied ->
                    seen instanceof Verdict.View || knows(asker, type)
                            ? new Verdict.Refused(denied.reasons())
                            : new Verdict.Unseen();
        };
    }

    /// Whether what holds for a type as a whole holds for each of its documents.
    boolean isSame() {
        return !policies.looksAtIds();
    }

    boolean knows(Asker asker, String name) {
        return service.declared(name).filter(type -> knows(asker, type)).isPresent();
    }

    private boolean knows(Asker asker, DeclaredType type) {
        return policies.mayKnow(asker.caller(), type, asker.purpose());
    }

    private Verdict seen(Asker asker, DeclaredType type, Optional<String> id) {
        return switch (decide(asker, Action.CONTEXT_READ, type, id)) {
            case Decision.Allow allowed when !allowed.filters().isEmpty() ->
                    new Verdict.Refused(List.of(FILTERED));
            case Decision.Allow allowed -> masked(type, allowed);
            case Decision.Deny denied -> new Verdict.Refused(denied.reasons());
        };
    }

    private static Verdict masked(DeclaredType type, Decision.Allow allowed) {
        try {
            return new Verdict.View(type, FieldMasks.of(allowed.masks()));
        } catch (Problem wrong) {
            return new Verdict.Refused(
                    List.of("policy.failed: a mask names no field: " + wrong.message()));
        }
    }

    private Decision decide(Asker asker, Action action, DeclaredType type, Optional<String> id) {
        return id.map(document ->
                        policies.decide(asker.caller(), action, type, document, asker.purpose()))
                .orElseGet(() -> policies.decide(asker.caller(), action, type, asker.purpose()));
    }
}
