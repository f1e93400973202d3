package dev.sheaf.governance.grant;

import java.time.Instant;
import java.util.Optional;

/// What an owner says when they decide on a grant.
public sealed interface GrantChoice {
    /// @param until earlier than what was asked for; else as asked
    /// @param isMasked personal data is masked although it was asked for as it is
    /// @param reason may be empty
    record Approve(Optional<Instant> until, boolean isMasked, String reason)
            implements GrantChoice {}

    record Deny(String reason) implements GrantChoice {}

    record Revoke(String reason) implements GrantChoice {}
}
