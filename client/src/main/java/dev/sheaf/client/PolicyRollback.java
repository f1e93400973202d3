package dev.sheaf.client;

import java.util.OptionalLong;

/// Back to a revision.
///
/// @param reason for the history
/// @param expectedRevision the revision that must be in force; any when absent
public record PolicyRollback(long revision, String reason, OptionalLong expectedRevision) {}
