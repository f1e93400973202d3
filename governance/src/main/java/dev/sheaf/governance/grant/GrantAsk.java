package dev.sheaf.governance.grant;

import dev.sheaf.kernel.ProductName;

import java.time.Instant;
import java.util.Optional;

/// What somebody says when they ask for a grant.
///
/// @param subject who is to hold it; who asks, when empty
/// @param from at once, when empty
/// @param isClear whether personal data is wanted as it is
/// @param reason may be empty
public record GrantAsk(
        ProductName product,
        Optional<GrantSubject> subject,
        String purpose,
        Optional<Instant> from,
        Instant until,
        boolean isClear,
        String reason) {}
