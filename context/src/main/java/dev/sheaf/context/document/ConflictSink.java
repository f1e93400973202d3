package dev.sheaf.context.document;

/// Takes the conflicts that merging meets, in the order of the operations. Called on the document's
/// own thread; it must not touch the document.
@FunctionalInterface
public interface ConflictSink {
    /// For replaying what was reported before.
    ConflictSink IGNORE = conflict -> {};

    void accept(Conflict conflict);
}
