package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.value.NumberValue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The one text of a number: as ECMAScript writes the double that it is.
///
/// Source: RFC 8785, section 3.2.2.3; ECMA-262, Number::toString.
final class CanonicalNumber {
    private static final long EXACT_MAX = 1L << 53;
    private static final int PLAIN_DIGITS_MAX = 21;
    private static final int LEADING_ZEROS_MAX = 6;
    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private CanonicalNumber() {}

    /// @throws Problem INVALID_VALUE when no double is this number
    static String text(NumberValue number) {
        if (number.isLong() && Math.abs(number.longValue()) <= EXACT_MAX) {
            return Long.toString(number.longValue());
        }
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest)) {
            throw notExact(number);
        }
        String text = text(nearest);
        if (new BigDecimal(text).compareTo(number.decimalValue()) != 0) {
            throw notExact(number);
        }
        return text;
    }

    private static Problem notExact(NumberValue number) {
        String shown = number.toString();
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "the number "
                        + (shown.length() > 60 ? shown.substring(0, 60) + "…" : shown)
                        + " does not fit into a double, as canonical JSON requires: give it as a"
                        + " text");
    }

    /// @param value finite
    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (point > 0 && point <= PLAIN_DIGITS_MAX) {
            return sign
                    + (digits.length() <= point
                            ? digits + "0".repeat(point - digits.length())
                            : digits.substring(0, point) + '.' + digits.substring(point));
        }
        if (point <= 0 && point > -LEADING_ZEROS_MAX) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        String fraction = digits.length() == 1 ? "" : '.' + digits.substring(1);
        return sign
                + digits.charAt(0)
                + fraction
                + 'e'
                + (exponent < 0 ? '-' : '+')
                + Math.abs(exponent);
    }

    /// The fewest digits that read back as this double. Java's own text has at least two, and so
    /// misses those that need one.
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            BigDecimal rounded = decimal.round(ONE_DIGIT);
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return decimal;
    }
}
