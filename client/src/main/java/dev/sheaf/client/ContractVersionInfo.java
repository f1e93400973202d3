package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;

/// A version of a contract.
///
/// @param digest SHA-256 of its bytes
public record ContractVersionInfo(
        Optional<String> id,
        String version,
        Optional<String> apiVersion,
        String digest,
        Optional<Instant> appliedAt) {}
