package dev.sheaf.context.sync;

/// One shard of one residency scope: the unit of replication and of causality.
///
/// @param scope the residency scope's name
/// @param shard from 0
public record GroupId(String scope, int shard) {}
