package dev.sheaf.node.context;

import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.codec.IncomingEvent;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.Request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Holds the events of one request against the policies, each document once. The first event that
/// is not allowed refuses them all. Used by one thread.
final class EventCheck implements EventJsonReader.Receiver {
    private final Request request;
    private final ContextSight sight;
    private final Optional<String> fallback;
    private final String action;
    private final Map<DocumentKey, Verdict.View> asked = new HashMap<>();
    private final Map<Integer, Verdict.View> masked = new HashMap<>();
    private Optional<Problem> refusal = Optional.empty();

    /// @param fallback the type of events that name none
    EventCheck(Request request, ContextSight sight, Optional<String> fallback, String action) {
        this.request = request;
        this.sight = sight;
        this.fallback = fallback;
        this.action = action;
    }

    @Override
    public void event(int index, IncomingEvent event) {
        Optional<String> type = event.type().or(() -> fallback);
        if (type.isEmpty() || refusal.isPresent() || sight.isNone(request, type.get())) {
            // The service refuses an event without a type, or of one that is not there, in its
            // place.
            return;
        }
        try {
            Verdict.View view =
                    asked.computeIfAbsent(
                            new DocumentKey(type.get(), event.documentId()),
                            key -> sight.change(request, key, Action.CONTEXT_WRITE, action));
            if (!view.masks().isNone()) {
                masked.put(index, view);
                MaskedDocuments.requireNewest(view, Optional.of(event.version()));
                if (event.state().isPresent()) {
                    MaskedWrites.requireState(view, false);
                }
                MaskedWrites.requirePatch(view, event.operations());
            }
        } catch (Problem refused) {
            refusal = Optional.of(refused);
        }
    }

    @Override
    public void refused(int index, Problem problem) {
        // The service refuses it too, and says so in its place.
    }

    /// @throws Problem of the first event that is not allowed
    void requireAllowed() {
        refusal.ifPresent(problem -> {
            throw problem;
        });
    }

    /// What the caller sees of the document of an event; empty when they see all.
    Optional<Verdict.View> masked(int index) {
        return Optional.ofNullable(masked.get(index));
    }
}
