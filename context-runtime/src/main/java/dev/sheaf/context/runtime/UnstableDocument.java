package dev.sheaf.context.runtime;

import dev.sheaf.context.VersionVector;

/// A document that carries dots. For the group's thread.
final class UnstableDocument {
    final DocumentKey key;

    /// What had been merged when it got its place in the queue.
    final VersionVector queued;

    /// What had been merged when it was last changed.
    VersionVector changed;

    UnstableDocument(DocumentKey key, VersionVector applied) {
        this.key = key;
        this.queued = applied;
        this.changed = applied;
    }
}
