package dev.sheaf.client;

/// Lets the asked node leave its mesh.
///
/// @param force also when others know of products that are at home there, or have not got all that
///   was written there
public record LeaveRequest(boolean force) {}
