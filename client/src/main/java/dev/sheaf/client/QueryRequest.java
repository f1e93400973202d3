package dev.sheaf.client;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One SQL statement.
///
/// @param rowsMax more rows are cut off
/// @param purpose what the data is read for; policies may want it said
public record QueryRequest(
        String sql, OptionalInt timeoutSeconds, OptionalLong rowsMax, Optional<String> purpose) {
    public QueryRequest(String sql, OptionalInt timeoutSeconds, OptionalLong rowsMax) {
        this(sql, timeoutSeconds, rowsMax, Optional.empty());
    }
}
