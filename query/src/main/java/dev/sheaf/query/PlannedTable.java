package dev.sheaf.query;

/// A table with its files at hand.
///
/// @param pruned files of the release that were left out
/// @param bytes the size of the opened files in their store
record PlannedTable(GovernedTable table, FileAccess.Opened files, int pruned, long bytes) {}
