package dev.sheaf.client;

import java.util.Optional;

/// A dataset, or a column of it, as a caller may see it.
///
/// @param product `domain.name` when it is one; its home's policies let the caller know of it
/// @param namespace of OpenLineage; absent when the caller may not know which dataset it is
/// @param name of OpenLineage; absent likewise
/// @param column absent for all of the dataset, and when hidden
/// @param hidden whether there is something that the caller may not know of
public record LineagePlace(
        Optional<String> product,
        Optional<String> namespace,
        Optional<String> name,
        Optional<String> column,
        boolean hidden) {}
