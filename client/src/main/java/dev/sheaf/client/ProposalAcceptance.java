package dev.sheaf.client;

import java.util.Optional;

/// A proposal is to be applied.
///
/// @param expectedPlan digest of the plan that somebody looked at; applying something else is
///   refused
/// @param reason for those who proposed
public record ProposalAcceptance(Optional<String> expectedPlan, Optional<String> reason) {}
