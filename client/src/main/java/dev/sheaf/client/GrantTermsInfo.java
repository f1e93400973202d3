package dev.sheaf.client;

import java.time.Instant;

/// How far a grant goes.
///
/// @param until it counts up to this moment
/// @param clear whether personal data is shown as it is
public record GrantTermsInfo(Instant from, Instant until, boolean clear) {}
