package dev.sheaf.node.runs;

import java.util.OptionalDouble;

/// How a run says what it is doing, and hears that it should stop.
public interface RunProgress {
    /// @param phase for people: fetch, read, check, quality, write, commit
    /// @param share done of the phase, 0 to 1, empty when it is not known
    /// @param rows records read so far
    void at(String phase, OptionalDouble share, long rows);

    /// Whether somebody asked it to stop.
    boolean isCancelled();

    /// Calls back when somebody asks it to stop, at once if somebody has.
    void onCancel(Runnable action);
}
