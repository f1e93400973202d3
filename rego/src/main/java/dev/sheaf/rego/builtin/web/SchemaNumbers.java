package dev.sheaf.rego.builtin.web;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers in the faults that schemas tell: ten digits, as Go writes large floating-point numbers.
final class SchemaNumbers {
    private static final int DIGITS = 10;
    private static final int SMALL_DIGITS_MAX = 2_000;

    private SchemaNumbers() {}

    static String text(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal rounded =
                number.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        int digits = rounded.precision();
        int plainMax = digits < DIGITS && digits > exponent ? digits : DIGITS;
        if (exponent >= -4 && exponent < plainMax) {
            return rounded.toPlainString();
        }
        return GoFloat.scientific(rounded);
    }

    /// Whether computing with it takes little.
    static boolean isSmall(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) <= SMALL_DIGITS_MAX
                && number.precision() <= SMALL_DIGITS_MAX;
    }
}
