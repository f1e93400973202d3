package dev.sheaf.product.apply;

import dev.sheaf.kernel.ProblemCode;

/// Why a plan that is well-formed cannot be applied.
///
/// @param message what is refused, and the way out
public record Refusal(ProblemCode code, String subject, String message) {}
