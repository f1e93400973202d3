package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;

/// Asks for access to a product.
///
/// @param product `domain.name`
/// @param purpose what its data is to be read for; statements have to say the same
/// @param until the end of it; a request without one is refused
/// @param from at once, when empty
/// @param subject who is to hold it, a user or `team:NAME`; the caller, when empty
/// @param clear whether personal data is wanted as it is, and not masked
public record GrantRequest(
        String product,
        String purpose,
        Optional<Instant> until,
        Optional<Instant> from,
        Optional<String> subject,
        Optional<Boolean> clear,
        Optional<String> reason) {}
