package dev.sheaf.client;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Another region, as far as its part of the catalog is known here.
///
/// @param url where it answers callers
/// @param policyRevision of the policies in force there, as it said last
/// @param knownAsOf all that it did before then is told; absent when it was never heard of
/// @param ageSeconds how long ago that is, rounded up
/// @param products how many of its products are known here
public record RegistryRegion(
        String region,
        Optional<String> url,
        Optional<String> policyRevision,
        Optional<Instant> knownAsOf,
        OptionalLong ageSeconds,
        int products) {}
