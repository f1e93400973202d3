package dev.sheaf.client;

/// A proposal is not to be applied.
///
/// @param reason for those who proposed
public record ProposalRejection(String reason) {}
