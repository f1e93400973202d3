package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;

/// What somebody decided on a grant.
///
/// @param kind `approval`, `denial` or `revocation`
/// @param terms of an approval
public record GrantDecisionInfo(
        String kind, String by, Instant at, String reason, Optional<GrantTermsInfo> terms) {}
