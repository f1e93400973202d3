package dev.sheaf.context.patch;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.document.Document;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// Resolves what a client wrote against the document as it is.
public final class PatchResolver {
    /// @param actor who will write the event
    /// @param sequence the first number it will take
    public PatchResolver(
            Document document, FieldRule root, ActorTable actors, int actor, long sequence) {
        throw new UnsupportedOperationException();
    }

    public Resolution resolve(List<PatchOperation> operations) {
        throw new UnsupportedOperationException();
    }

    /// The whole document shall be this.
    public Resolution resolveState(JsonNode state) {
        throw new UnsupportedOperationException();
    }
}
