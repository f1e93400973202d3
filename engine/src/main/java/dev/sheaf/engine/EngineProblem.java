package dev.sheaf.engine;

/// DuckDB's refusal of a statement, with its own words.
public final class EngineProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// DuckDB's classes of errors, as far as callers act on them differently.
    public enum Kind {
        /// Does not parse or bind, or names what is not there.
        INVALID_SQL,
        /// A value could not be converted, computed or read while running.
        DATA,
        /// A file could not be opened or is not what it should be.
        FILE,
        /// The memory limit was reached and spilling did not help.
        OUT_OF_MEMORY,
        /// The disk for spilled data or output is full or cannot be written.
        STORAGE,
        /// Cancelled by the caller.
        CANCELLED,
        /// Ran longer than allowed.
        TIMED_OUT,
        /// The worker process died.
        WORKER_DIED,
        /// DuckDB found a fault of its own.
        INTERNAL
    }

    private final Kind kind;

    public EngineProblem(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// DuckDB's text; unlike [#getMessage()] never null.
    public String message() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
