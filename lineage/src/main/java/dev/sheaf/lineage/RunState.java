package dev.sheaf.lineage;

import java.util.Locale;
import java.util.Optional;

/// Where a run stands according to an event.
public enum RunState {
    START,
    RUNNING,
    COMPLETE,
    ABORT,
    FAIL,
    /// Something was added about the run; says nothing of where it stands.
    OTHER;

    static Optional<RunState> named(String text) {
        for (RunState state : values()) {
            if (state.name().equals(text.toUpperCase(Locale.ROOT))) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
