package dev.sheaf.client;

import java.util.Optional;

/// An owner of data products.
///
/// @param products how many of them the caller may read
public record DomainInfo(
        String name, String homeRegion, String owner, Optional<String> description, int products) {}
