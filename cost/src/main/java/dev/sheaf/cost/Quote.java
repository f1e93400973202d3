package dev.sheaf.cost;

import dev.sheaf.kernel.Money;

/// What a move would cost, and why.
///
/// @param unitPrice of the first of its bytes
/// @param unit as in `GiB`
/// @param unitBytes of that unit
/// @param way `within the region`, `within the cloud` or `internet`
/// @param isAssumed no rule of the price book knows the way: the dearest price there is was taken
public record Quote(
        Money price, Money unitPrice, String unit, long unitBytes, String way, boolean isAssumed) {}
