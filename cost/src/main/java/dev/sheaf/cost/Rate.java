package dev.sheaf.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// What moving bytes costs, in steps of the month's volume. Exact.
///
/// @param unitBytes what a price is for, a power of two or of ten
/// @param tiers in order, the last without end
public record Rate(long unitBytes, List<Tier> tiers) {
    public Rate {
        tiers = List.copyOf(tiers);
        if (unitBytes < 1 || tiers.isEmpty() || tiers.getLast().upToBytes() != Long.MAX_VALUE) {
            throw new IllegalArgumentException("a rate has tiers up to the last byte");
        }
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).upToBytes() <= tiers.get(i - 1).upToBytes()) {
                throw new IllegalArgumentException("each tier ends after the one before");
            }
        }
    }

    /// @param upToBytes of the month, not including the next; [Long#MAX_VALUE] of the last
    /// @param price of one unit
    public record Tier(long upToBytes, BigDecimal price) {
        public Tier {
            if (upToBytes < 1 || price.signum() < 0) {
                throw new IllegalArgumentException("neither a size nor a price is negative");
            }
        }
    }

    /// @param before bytes that went this way in the month already
    BigDecimal price(long before, long bytes) {
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger at = BigInteger.valueOf(before);
        BigInteger end = at.add(BigInteger.valueOf(bytes));
        for (Tier tier : tiers) {
            BigInteger tierEnd =
                    tier.upToBytes() == Long.MAX_VALUE
                            ? end
                            : BigInteger.valueOf(tier.upToBytes()).min(end);
            if (tierEnd.compareTo(at) > 0) {
                sum =
                        sum.add(
                                tier.price()
                                        .multiply(new BigDecimal(tierEnd.subtract(at)))
                                        .divide(BigDecimal.valueOf(unitBytes)));
                at = tierEnd;
            }
        }
        return sum;
    }

    /// Of one unit, for the next byte.
    BigDecimal unitPrice(long before) {
        for (Tier tier : tiers) {
            if (before < tier.upToBytes()) {
                return tier.price();
            }
        }
        return tiers.getLast().price();
    }

    BigDecimal dearest() {
        return tiers.stream().map(Tier::price).reduce(BigDecimal.ZERO, BigDecimal::max);
    }
}
