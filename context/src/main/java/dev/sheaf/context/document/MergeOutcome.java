package dev.sheaf.context.document;

/// What became of an event.
public enum MergeOutcome {
    /// Its operations are in the document.
    APPLIED,
    /// It was concurrent with an erasure and left no trace.
    ABSORBED,
    /// It was an erasure: nothing of the document is left but the fence.
    ERASED
}
