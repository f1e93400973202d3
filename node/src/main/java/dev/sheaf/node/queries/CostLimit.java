package dev.sheaf.node.queries;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// What a caller lets a statement cost.
public final class CostLimit {
    private CostLimit() {}

    /// @param currency of the prices that it is compared with
    /// @throws Problem INVALID_VALUE when it is no amount, or one of another currency
    public static Money parse(String text, String currency) {
        Money limit = Money.parse(text, currency);
        if (!limit.currency().equals(currency)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "costMax is in " + limit.currency() + "; prices here are in " + currency);
        }
        return limit;
    }
}
