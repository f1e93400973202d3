package dev.sheaf.schemas.json;

import java.math.BigDecimal;
import java.util.Optional;

/// A limit of numbers.
///
/// @param isExclusive whether the number itself is beyond it
record Bound(BigDecimal number, boolean isExclusive) {
    /// The stricter of two lower limits.
    static Optional<Bound> lower(Optional<Bound> one, Optional<Bound> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().allowsBelow(other.get()) ? other : one;
    }

    /// The stricter of two upper limits.
    static Optional<Bound> upper(Optional<Bound> one, Optional<Bound> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().allowsAbove(other.get()) ? other : one;
    }

    /// As a lower limit: whether it allows all that the other lower limit allows.
    boolean allowsBelow(Bound other) {
        int order = number.compareTo(other.number);
        return order < 0 || (order == 0 && (!isExclusive || other.isExclusive));
    }

    /// As an upper limit: whether it allows all that the other upper limit allows.
    boolean allowsAbove(Bound other) {
        int order = number.compareTo(other.number);
        return order > 0 || (order == 0 && (!isExclusive || other.isExclusive));
    }

    /// Whether nothing lies between this lower limit and an upper one.
    boolean isAbove(Bound upper) {
        int order = number.compareTo(upper.number);
        return order > 0 || (order == 0 && (isExclusive || upper.isExclusive));
    }

    @Override
    public String toString() {
        return number.toPlainString() + (isExclusive ? " (exclusive)" : "");
    }
}
