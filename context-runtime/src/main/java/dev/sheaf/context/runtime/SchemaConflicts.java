package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.document.Conflict;
import dev.sheaf.context.document.ConflictKind;
import dev.sheaf.context.schema.Violation;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// Finds documents that concurrent writes, each of them valid where it was made, were merged to and
/// that are not valid. For the group's thread.
final class SchemaConflicts {
    private final Group group;
    private final EngineParts parts;

    SchemaConflicts(Group group, EngineParts parts) {
        this.group = group;
        this.parts = parts;
    }

    /// Looks at a document into which an event was merged, and reports it when it has become
    /// invalid. A region that does not see all of a document cannot tell.
    void check(DocumentKey key, DocumentEntry entry, Event event) {
        KnownType type = entry.type;
        if (!type.redactionFor(parts.config().region()).isNone()) {
            return;
        }
        Optional<JsonNode> view = entry.document.view(type.rules(), parts.actors());
        boolean isValid = view.isEmpty() || type.type().validator().accepts(view.get());
        if (entry.isValid && !isValid) {
            Violation first = type.type().validator().violations(view.get()).getFirst();
            group.met(key, event, conflict(entry, first, event));
        }
        entry.isValid = isValid;
    }

    private Conflict conflict(DocumentEntry entry, Violation violation, Event event) {
        return new Conflict(
                ConflictKind.SCHEMA,
                List.of(),
                violation.pointer(),
                entry.type.rules().resolver(),
                List.of(new Conflict.Version(Optional.empty(), event.dot(), event.hlc())),
                entry.document.get(violation.pointer(), entry.type.rules(), parts.actors()));
    }
}
