package dev.sheaf.context.runtime;

import dev.sheaf.context.patch.PatchOperation;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// What a client wants done to a document.
public sealed interface Change {
    /// The document shall be this.
    record State(JsonNode state) implements Change {}

    /// Applied in order, all or none.
    record Patch(List<PatchOperation> operations) implements Change {
        public Patch {
            operations = List.copyOf(operations);
        }
    }

    /// Removes what this region has seen of the document; concurrent writes survive.
    record Delete() implements Change {}

    /// Erases the document for good; concurrent writes do not survive.
    record Erase() implements Change {}
}
