package dev.sheaf.product;

import dev.sheaf.kernel.Money;

/// What moving a domain's data out of its region may cost in a month of UTC.
///
/// @param monthly more than zero
/// @param action what happens beyond it
public record Budget(Money monthly, Action action) {
    /// What happens to statements that would exceed it.
    public enum Action {
        /// They are refused.
        REFUSE,
        /// They run, with a warning.
        WARN
    }
}
