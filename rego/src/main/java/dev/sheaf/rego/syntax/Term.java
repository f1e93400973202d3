package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.Value;

import java.util.List;

/// Something that has a value.
public sealed interface Term {
    Location at();

    /// A value as it stands.
    record Scalar(Value value, Location at) implements Term {}

    /// A name; `_` is another one each time.
    record Variable(String name, Location at) implements Term {
        public static final String WILDCARD = "_";

        public boolean isWildcard() {
            return name.equals(WILDCARD);
        }
    }

    /// What a path leads to: `input.user`, `x[i]`, `f(y).z`.
    ///
    /// @param path at least one; names after a dot are strings
    record Reference(Term head, List<Term> path, Location at) implements Term {}

    record ArrayLiteral(List<Term> items, Location at) implements Term {}

    record SetLiteral(List<Term> items, Location at) implements Term {}

    record ObjectLiteral(List<Field> fields, Location at) implements Term {}

    record Field(Term key, Term value) {}

    record ArrayComprehension(Term head, Body body, Location at) implements Term {}

    record SetComprehension(Term head, Body body, Location at) implements Term {}

    record ObjectComprehension(Term key, Term value, Body body, Location at) implements Term {}

    /// A function's value. Operators are functions too: `a + b` is `plus(a, b)`.
    ///
    /// @param function a variable or a reference of strings
    record Call(Term function, List<Term> arguments, boolean isInfix, Location at)
            implements Term {}

    /// A text with terms in it: `$"{x} is {y}"`.
    ///
    /// @param parts texts ([Scalar]s of strings that stand in the text) and what is between them
    record Template(List<Part> parts, Location at) implements Term {}

    /// A part of a template.
    sealed interface Part {
        record Text(String text) implements Part {}

        record Hole(Expression expression) implements Part {}
    }
}
