package dev.sheaf.rego.builtin.web;

import java.math.BigDecimal;

/// Floating-point numbers as Go writes them.
final class GoFloat {
    private static final int EXPONENT_MIN = -4;
    private static final int EXPONENT_MAX = 21;

    private GoFloat() {}

    /// The fewest digits that tell the number from all others (`%v`).
    static String shortest(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent >= EXPONENT_MIN && exponent < EXPONENT_MAX
                ? decimal.toPlainString()
                : scientific(decimal);
    }

    /// `1.5e+10`: at least two digits of exponent.
    static String scientific(BigDecimal decimal) {
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = decimal.signum() == 0 ? 0 : digits.length() - decimal.scale() - 1;
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        int size = Math.abs(exponent);
        return (decimal.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (size < 10 ? "0" : "")
                + size;
    }
}
