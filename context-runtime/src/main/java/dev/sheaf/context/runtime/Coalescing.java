package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes out of a run of one origin's events what later ones of the run overwrite: a register
/// written again and again in one window travels once. Each event keeps its place and its numbers;
/// one that was overwritten travels without its operation. The receiver merges a run at once, so
/// nobody sees it in between.
final class Coalescing {
    /// The register that an event writes, if that is all it does.
    private Coalescing() {}

    /// @param types for the events' types; audited ones are left as they are
    /// @return the same list when there is nothing to take out
    static List<Event> of(List<Event> events, TypeRegistry types) {
        if (events.size() < 2) {
            return events;
        }
        // The registers of each document that are written again later.
        Map<DocumentKey, Set<List<Step>>> again = new HashMap<>();
        List<Event> result = events;
        for (int index = events.size() - 1; index >= 0; index--) {
            Event event = events.get(index);
            DocumentKey key = new DocumentKey(event.type(), event.documentId());
            List<Step> register = register(event, types);
            if (register == null) {
                // What it does may depend on what was there.
                again.remove(key);
            } else if (!again.computeIfAbsent(key, each -> new HashSet<>()).add(register)) {
                if (result == events) {
                    result = new ArrayList<>(events);
                }
                result.set(index, Groups.withoutContent(event));
            }
        }
        return result;
    }

    @org.jspecify.annotations.Nullable
    private static List<Step> register(Event event, TypeRegistry types) {
        if (event.ops().size() != 1
                || !(event.ops().getFirst() instanceof Op.Assign assign)
                || assign.path().isEmpty()
                || assign.value().isContainer()) {
            return null;
        }
        boolean mayCoalesce =
                types.find(event.type())
                        .map(type ->
                                !type.type().delivery().audited()
                                        && isRegister(type.rules().at(assign.path())))
                        .orElse(false);
        return mayCoalesce ? assign.path() : null;
    }

    private static boolean isRegister(FieldRule rule) {
        return rule.kind() == FieldKind.STRUCTURE || rule.kind() == FieldKind.REGISTER;
    }
}
