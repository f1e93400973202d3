package dev.sheaf.schemas.json;

import java.math.BigDecimal;

/// Decimal arithmetic with bounded effort: schemas may hold numbers like 1e999999999.
final class Numbers {
    private static final int DIGITS_MAX = 1000;

    private Numbers() {}

    static boolean isWhole(BigDecimal number) {
        return number.signum() == 0
                || number.scale() <= 0
                || (number.precision() <= DIGITS_MAX && number.stripTrailingZeros().scale() <= 0);
    }

    /// Whether it is a whole multiple; false when finding out would take too many digits.
    static boolean isMultiple(BigDecimal number, BigDecimal step) {
        if (step.signum() <= 0 || isLong(number) || isLong(step)) {
            return step.signum() > 0 && number.compareTo(step) == 0;
        }
        return number.remainder(step).signum() == 0;
    }

    private static boolean isLong(BigDecimal number) {
        return Math.abs((long) number.scale()) + number.precision() > DIGITS_MAX;
    }
}
