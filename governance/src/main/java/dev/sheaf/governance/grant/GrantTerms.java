package dev.sheaf.governance.grant;

import java.time.Instant;

/// How far a grant goes.
///
/// @param from it counts from this moment
/// @param until it counts up to this moment, and at it no more
/// @param isClear whether personal data is shown as it is
public record GrantTerms(Instant from, Instant until, boolean isClear) {
    /// What both allow. May be nothing: an end before the beginning.
    GrantTerms narrowedTo(GrantTerms other) {
        return new GrantTerms(
                from.isAfter(other.from) ? from : other.from,
                until.isBefore(other.until) ? until : other.until,
                isClear && other.isClear);
    }
}
