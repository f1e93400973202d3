package dev.sheaf.query;

import dev.sheaf.kernel.Money;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// One statement of a caller.
///
/// @param id unique among running queries; the name to cancel it by
/// @param timeout empty for the configured default
/// @param rowsMax after so many rows the result ends and says that it was cut
/// @param isPartial whether a region that cannot be reached may be left out, which the result then
///   says; what a region refuses is never left out
/// @param costMax what the transfer between regions may cost by the estimate, before anything runs;
///   empty for no limit
/// @param credential the token that the caller has shown, for other regions to verify; opaque, and
///   empty when there is none
public record QueryRequest(
        String id,
        String sql,
        Caller caller,
        Optional<Duration> timeout,
        OptionalLong rowsMax,
        boolean isPartial,
        Optional<Money> costMax,
        String credential) {

    /// A request that leaves no region out, has no limit of cost and shows no credential.
    public QueryRequest(
            String id,
            String sql,
            Caller caller,
            Optional<Duration> timeout,
            OptionalLong rowsMax) {
        this(id, sql, caller, timeout, rowsMax, false, Optional.empty(), "");
    }

    public static QueryRequest of(String id, String sql, Caller caller) {
        return new QueryRequest(id, sql, caller, Optional.empty(), OptionalLong.empty());
    }

    /// This request on a caller's terms for what leaves other regions.
    public QueryRequest across(boolean partial, Optional<Money> limit, String token) {
        return new QueryRequest(id, sql, caller, timeout, rowsMax, partial, limit, token);
    }

    /// Without the credential.
    @Override
    public String toString() {
        return "QueryRequest[" + id + ", " + sql + ", " + caller.subject() + "]";
    }
}
