package dev.sheaf.cost;

import dev.sheaf.kernel.Money;

/// What was used, added up.
///
/// @param transfers how many
public record UseSum(long transfers, long bytes, Money cost) {
    public UseSum plus(UseSum other) {
        return new UseSum(
                Math.addExact(transfers, other.transfers),
                Math.addExact(bytes, other.bytes),
                cost.plus(other.cost));
    }
}
