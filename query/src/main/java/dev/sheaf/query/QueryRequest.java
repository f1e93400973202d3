package dev.sheaf.query;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// One statement of a caller.
///
/// @param id unique among running queries; the name to cancel it by
/// @param timeout empty for the configured default
/// @param rowsMax after so many rows the result ends and says that it was cut
public record QueryRequest(
        String id, String sql, Caller caller, Optional<Duration> timeout, OptionalLong rowsMax) {
    public static QueryRequest of(String id, String sql, Caller caller) {
        return new QueryRequest(id, sql, caller, Optional.empty(), OptionalLong.empty());
    }
}
