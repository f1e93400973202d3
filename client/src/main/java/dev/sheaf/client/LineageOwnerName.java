package dev.sheaf.client;

import java.util.Optional;

/// A job, a model, or somebody who asks queries, as a caller may see it.
///
/// @param kind `job`, `model`, `consumer`, or `dataset` for what was said of a dataset without a
///   job
/// @param namespace absent when hidden
/// @param name absent when hidden; of a model `NAME/VERSION`
/// @param region that has heard of it
public record LineageOwnerName(
        String kind,
        Optional<String> namespace,
        Optional<String> name,
        String region,
        boolean hidden) {}
