package dev.sheaf.query.federation;

import java.time.Duration;
import java.util.OptionalLong;

/// What one region is asked to contribute to a statement.
///
/// @param id of the statement, for all regions the same, with a number for each sub-query; it
///   stands in both regions' audit logs
/// @param sql a statement of Sheaf's over the region's own products, by their names; the region
///   checks and governs it like any other
/// @param credential the token that the caller has shown; the region verifies it itself. Never
///   logged
/// @param purpose as the caller says; empty when they do not
/// @param policyRevision of the policies in force at the coordinator, for the record
/// @param timeout from now until the last row
/// @param rowsMax more rows are a LIMIT_EXCEEDED, not a cut
/// @param trace the W3C `traceparent` of whoever asks; empty when nothing is traced
public record SubQuery(
        String id,
        String sql,
        String credential,
        String purpose,
        String policyRevision,
        Duration timeout,
        OptionalLong rowsMax,
        String trace) {
    /// As a part of a trace.
    public SubQuery traced(String header) {
        return new SubQuery(id, sql, credential, purpose, policyRevision, timeout, rowsMax, header);
    }

    /// Without the credential.
    @Override
    public String toString() {
        return "SubQuery[" + id + ", " + sql + "]";
    }
}
