/// Decisions: what is asked of policy, and what follows. Questions are documents as
/// `spec/policy-input.md` specifies them, answered by one Rego query; answers are an allowance with
/// obligations (masks, row filters), or a denial with reasons.
///
/// Pure: who asks, what of, and when is passed in. A policy that is missing, fails or takes too
/// long denies.
@NullMarked
package dev.sheaf.governance.decision;

import org.jspecify.annotations.NullMarked;
