package dev.sheaf.client;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// One SQL statement.
///
/// @param rowsMax more rows are cut off
public record QueryRequest(String sql, OptionalInt timeoutSeconds, OptionalLong rowsMax) {}
