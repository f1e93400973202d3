package dev.sheaf.client;

/// Where a run is, or where it ended.
public enum RunState {
    /// Another run of the same product goes first.
    WAITING,
    RUNNING,
    /// It made a release.
    COMMITTED,
    /// Every input was part of the current release already.
    UNCHANGED,
    /// A dry run ended well.
    CHECKED,
    /// The quality gate said no.
    REFUSED,
    FAILED,
    CANCELLED;

    public boolean finished() {
        return switch (this) {
            case WAITING, RUNNING -> false;
            case COMMITTED, UNCHANGED, CHECKED, REFUSED, FAILED, CANCELLED -> true;
        };
    }
}
