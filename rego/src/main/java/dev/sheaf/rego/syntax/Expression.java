package dev.sheaf.rego.syntax;

import java.util.List;
import java.util.Optional;

/// One expression of a body.
///
/// @param isNegated whether it stands after `not`
/// @param withs what is replaced while it is evaluated
public record Expression(boolean isNegated, Kind kind, List<With> withs, Location at) {
    /// What an expression says.
    public sealed interface Kind {
        /// Is there, and not false.
        record Holds(Term term) implements Kind {}

        /// `left := right`
        record Assign(Term left, Term right) implements Kind {}

        /// `left = right`
        record Unify(Term left, Term right) implements Kind {}

        /// `some x, y`
        record Some(List<Term.Variable> names) implements Kind {}

        /// `some key, value in collection`
        record SomeIn(Optional<Term> key, Term value, Term collection) implements Kind {}

        /// `every key, value in domain { body }`
        record Every(Optional<Term> key, Term value, Term domain, Body body) implements Kind {}
    }

    /// `with target as value`
    public record With(Term target, Term value, Location at) {}
}
