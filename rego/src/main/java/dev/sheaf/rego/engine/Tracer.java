package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;

/// Is told what an evaluation does. Only policies that were compiled for it tell of expressions.
public interface Tracer {
    /// What happened.
    enum Event {
        /// A rule is tried.
        ENTER,
        /// An expression is evaluated.
        EVALUATE,
        /// An expression does not hold, in no way that was tried.
        FAIL,
        /// A rule holds.
        EXIT,
        /// A line of `print` or `trace`.
        NOTE
    }

    /// @param subject the rule's path, or the note
    /// @param at the place of the rule or the expression
    void told(Event event, String subject, Location at);
}
