package dev.sheaf.client;

import dev.sheaf.kernel.ProductName;

import java.util.Optional;

/// Which grants, among those that the caller may know of.
///
/// @param subject who holds it: a user, or `team:NAME`
/// @param state `requested`, `approved`, `denied`, `revoked` or `expired`
/// @param limit at most so many
public record GrantQuery(
        Optional<ProductName> product,
        Optional<String> subject,
        Optional<String> state,
        int limit) {}
