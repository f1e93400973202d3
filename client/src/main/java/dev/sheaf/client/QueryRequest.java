package dev.sheaf.client;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One SQL statement.
///
/// @param rowsMax more rows are cut off
/// @param purpose what the data is read for; policies may want it said
/// @param partial whether a region that cannot be reached may be left out; the result says which
/// @param costMax what moving data between regions may cost, as in `0.05 USD`; dearer statements
///   are refused before they run
public record QueryRequest(
        String sql,
        OptionalInt timeoutSeconds,
        OptionalLong rowsMax,
        Optional<String> purpose,
        Optional<Boolean> partial,
        Optional<String> costMax) {
    public QueryRequest(
            String sql,
            OptionalInt timeoutSeconds,
            OptionalLong rowsMax,
            Optional<String> purpose) {
        this(sql, timeoutSeconds, rowsMax, purpose, Optional.empty(), Optional.empty());
    }

    public QueryRequest(String sql, OptionalInt timeoutSeconds, OptionalLong rowsMax) {
        this(sql, timeoutSeconds, rowsMax, Optional.empty());
    }
}
