package dev.sheaf.client;

import java.util.Optional;
import java.util.OptionalInt;

/// Whose data, and where.
///
/// @param subject the person, as context types and products name them
/// @param within one context type or product; all that the caller may know of when it is not given
/// @param cursor [AuditHistory#next] of the page before
/// @param limit at most so many accesses, up to 1000
public record AuditHistoryRequest(
        String subject, Optional<String> within, Optional<String> cursor, OptionalInt limit) {}
