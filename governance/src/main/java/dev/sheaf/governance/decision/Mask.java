package dev.sheaf.governance.decision;

/// What is shown in the place of a column's values.
public sealed interface Mask {
    /// Nothing.
    record Nothing() implements Mask {}

    /// The same text for all.
    record Fixed(String text) implements Mask {}

    /// A keyed hash: equal values look equal, and nobody can try values out.
    record Hash() implements Mask {}

    /// A part of a text; the rest is shown as stars.
    ///
    /// @param first so many characters from the beginning
    /// @param last so many from the end
    /// @param from all from the first of this text on, if it is there; empty for none
    record Partial(int first, int last, String from) implements Mask {}

    /// Dates and times to the beginning of a `year`, `quarter`, `month` or `day`.
    record ToPeriod(String period) implements Mask {}

    /// Numbers to the lower bound of their range of this width.
    record ToRange(java.math.BigDecimal width) implements Mask {}

    /// Another text of the same form, the same for the same value.
    record Tokenise() implements Mask {}

    /// A SQL expression over the table's columns, from a policy.
    record Sql(String expression) implements Mask {}
}
