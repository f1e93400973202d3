package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;

/// One schema within a document. Two places are equal when they are the same node of the same
/// document, not when they look alike.
final class Place {
    private final JsonSchema document;
    private final JsonNode node;

    Place(JsonSchema document, JsonNode node) {
        this.document = document;
        this.node = node;
    }

    JsonSchema document() {
        return document;
    }

    JsonNode node() {
        return node;
    }

    /// The value of a keyword; a missing node when it is not there.
    JsonNode get(String keyword) {
        return node.path(keyword);
    }

    boolean has(String keyword) {
        return node.has(keyword);
    }

    /// A schema below this one.
    Place at(JsonNode below) {
        return new Place(document, below);
    }

    /// Whether it allows nothing.
    boolean isFalse() {
        return node.isBoolean() && !node.booleanValue();
    }

    /// Whether it allows everything, seen at once.
    boolean isTrue() {
        return node.isBoolean() ? node.booleanValue() : node.isEmpty();
    }

    /// What its reference stands for.
    Place target() {
        return document.resolve(node, document.reference(node));
    }

    boolean isReference() {
        return !document.reference(node).isEmpty();
    }

    /// Whether keywords beside a reference count: not before 2019-09.
    boolean isNothingButReference() {
        return isReference() && document.dialect().ignoresBesideReference();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && place.document == document && place.node == node;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(node);
    }
}
