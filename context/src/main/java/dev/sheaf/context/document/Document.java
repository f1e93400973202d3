package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.VersionVector;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// One document as a node holds it.
public final class Document {
    public Document() {}

    public MergeOutcome apply(Event event, FieldRule root, ActorTable actors, ConflictSink sink) {
        throw new UnsupportedOperationException();
    }

    /// What the document shows; empty when there is nothing.
    public Optional<JsonNode> view(FieldRule root, ActorTable actors) {
        throw new UnsupportedOperationException();
    }

    /// What a place shows.
    public Optional<JsonNode> get(String pointer, FieldRule root, ActorTable actors) {
        throw new UnsupportedOperationException();
    }

    public boolean exists() {
        throw new UnsupportedOperationException();
    }

    /// No content, no fence: may be forgotten.
    public boolean isBlank() {
        throw new UnsupportedOperationException();
    }

    public List<Conflict> conflicts(FieldRule root, ActorTable actors) {
        throw new UnsupportedOperationException();
    }

    public List<String> redactedPaths(FieldRule root) {
        throw new UnsupportedOperationException();
    }

    public long digest() {
        throw new UnsupportedOperationException();
    }

    public void strip(VersionVector cut) {
        throw new UnsupportedOperationException();
    }

    /// @param typeTtlSeconds what holds for writes that name no time of their own; 0 is for ever
    /// @return milliseconds since 1970, or [Long#MAX_VALUE]
    public long expiresAtMillis(long typeTtlSeconds) {
        throw new UnsupportedOperationException();
    }

    public long weightBytes() {
        throw new UnsupportedOperationException();
    }

    public long metadataBytes() {
        throw new UnsupportedOperationException();
    }

    /// @param cut the greater of both sides' cuts; both vectors cover it
    public void join(
            Document other,
            VersionVector ownVector,
            VersionVector otherVector,
            VersionVector cut,
            ActorTable actors) {
        throw new UnsupportedOperationException();
    }
}
