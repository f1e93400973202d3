package dev.sheaf.query;

import dev.sheaf.kernel.Money;

import java.time.Duration;
import java.util.List;
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
/// @param parameters what stands for the statement's `?` and `$1`, in order
/// @param catalog a name that tables may be qualified with before their domain, as tools do that
///   speak JDBC; empty for none
/// @param trace the W3C `traceparent` that this work belongs to, passed on to other regions;
///   opaque, and empty when nothing is traced
public record QueryRequest(
        String id,
        String sql,
        Caller caller,
        Optional<Duration> timeout,
        OptionalLong rowsMax,
        boolean isPartial,
        Optional<Money> costMax,
        String credential,
        List<ParameterValue> parameters,
        String catalog,
        String trace) {
    public QueryRequest {
        parameters = List.copyOf(parameters);
    }

    /// A request that leaves no region out, has no limit of cost and shows no credential.
    public QueryRequest(
            String id,
            String sql,
            Caller caller,
            Optional<Duration> timeout,
            OptionalLong rowsMax) {
        this(id, sql, caller, timeout, rowsMax, false, Optional.empty(), "", List.of(), "", "");
    }

    public static QueryRequest of(String id, String sql, Caller caller) {
        return new QueryRequest(id, sql, caller, Optional.empty(), OptionalLong.empty());
    }

    /// This request on a caller's terms for what leaves other regions.
    public QueryRequest across(boolean partial, Optional<Money> limit, String token) {
        return new QueryRequest(
                id,
                sql,
                caller,
                timeout,
                rowsMax,
                partial,
                limit,
                token,
                parameters,
                catalog,
                trace);
    }

    /// This request with values for its parameters.
    public QueryRequest with(List<ParameterValue> values) {
        return new QueryRequest(
                id,
                sql,
                caller,
                timeout,
                rowsMax,
                isPartial,
                costMax,
                credential,
                values,
                catalog,
                trace);
    }

    /// This request of somebody who names tables `catalog.domain.product`.
    public QueryRequest in(String name) {
        return new QueryRequest(
                id,
                sql,
                caller,
                timeout,
                rowsMax,
                isPartial,
                costMax,
                credential,
                parameters,
                name,
                trace);
    }

    /// This request as a part of a trace.
    public QueryRequest traced(String header) {
        return new QueryRequest(
                id,
                sql,
                caller,
                timeout,
                rowsMax,
                isPartial,
                costMax,
                credential,
                parameters,
                catalog,
                header);
    }

    /// Without the credential and the parameters' values.
    @Override
    public String toString() {
        return "QueryRequest[" + id + ", " + sql + ", " + caller.subject() + "]";
    }
}
