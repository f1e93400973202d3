package dev.sheaf.rego.syntax;

import java.util.List;

/// Expressions that must all be true.
public record Body(List<Expression> expressions) {}
