package dev.sheaf.context.store.internal;

import org.jspecify.annotations.Nullable;

/// What a record of a segment is; the numbers are those of the files.
public enum RecordType {
    /// The caller's events.
    EVENTS(1),
    /// A named value.
    META(2),
    /// A stream goes on at a later sequence number.
    RESTART(3),
    /// All streams' last numbers and all named values, at the beginning of each segment. Takes no
    /// position.
    SNAPSHOT(4),
    /// Everything before is synced: the end of a log that was closed in order. Takes no position.
    SYNCED(5);

    private static final RecordType[] BY_CODE = {null, EVENTS, META, RESTART, SNAPSHOT, SYNCED};

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// Whether it counts as a position of its own.
    public boolean takesPosition() {
        return switch (this) {
            case EVENTS, META, RESTART -> true;
            case SNAPSHOT, SYNCED -> false;
        };
    }

    static @Nullable RecordType of(int code) {
        return code < 1 || code >= BY_CODE.length ? null : BY_CODE[code];
    }
}
