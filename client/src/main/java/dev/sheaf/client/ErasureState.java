package dev.sheaf.client;

/// How far an erasure is.
public enum ErasureState {
    RUNNING,
    /// Nothing of the subject is left in any store that was asked.
    COMPLETE,
    /// Some stores failed; ordered again, it goes on where it stopped.
    INCOMPLETE,
    /// The node stopped meanwhile; to be ordered again.
    INTERRUPTED,
    /// Nothing was changed.
    LOOKED
}
