package dev.sheaf.context;

/// What an event says it is; the merge treats all alike.
public enum EventKind {
    /// A whole document.
    CONTEXT_STATE,
    /// Operations on a document.
    CONTEXT_DELTA,
    /// What had to be said again after a partition, under a new epoch.
    CONTEXT_RECONCILIATION
}
