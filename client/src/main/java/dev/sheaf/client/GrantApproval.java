package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;

/// Approves a request.
///
/// @param until earlier than was asked for
/// @param masked whether personal data is masked although it was asked for as it is
public record GrantApproval(
        Optional<Instant> until, Optional<Boolean> masked, Optional<String> reason) {}
