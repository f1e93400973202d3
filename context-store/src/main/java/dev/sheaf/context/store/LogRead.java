package dev.sheaf.context.store;

import java.util.Map;

/// The answer of a log that is asked for records.
public sealed interface LogRead {
    /// Everything asked for is there, or has not been written yet.
    ///
    /// @param cursor the caller closes it
    record Open(LogCursor cursor) implements LogRead {}

    /// Some of it was cut from the log; what remains must come from the documents' state.
    ///
    /// @param firstAvailable of each stream that was cut too far: the first sequence number that
    ///   can still be read
    record Cut(Map<StreamId, Long> firstAvailable) implements LogRead {
        public Cut {
            firstAvailable = Map.copyOf(firstAvailable);
        }
    }
}
