package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;

import java.math.BigDecimal;
import java.math.BigInteger;

/// A binary floating-point number with a significand of 64 bits, rounded to nearest, ties to even:
/// what OPA computes with when a number is not whole. The value is `significand * 2^exponent`.
///
/// Source: the behaviour of Go's `math/big.Float` with its default precision.
record BinaryFloat(BigInteger significand, int exponent) {
    private static final int PRECISION = 64;

    /// Numbers of more decimal digits, or so small, are not computed with: they would fill the
    /// memory.
    private static final int DIGITS_MAX = 100_000;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    static BinaryFloat of(NumberValue number) {
        check(number);
        return of(number.decimalValue());
    }

    static BinaryFloat of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? rounded(decimal.toBigIntegerExact(), BigInteger.ONE)
                : rounded(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
    }

    /// A whole number, exactly.
    ///
    /// @throws BuiltinFault when it has too many digits to compute with
    static BigInteger integer(NumberValue number) {
        check(number);
        return number.bigIntegerValue();
    }

    private static void check(NumberValue number) {
        if (number.isLong()) {
            return;
        }
        BigDecimal decimal = number.decimalValue();
        long digits = (long) decimal.precision() - Math.min(0, decimal.scale());
        if (digits > DIGITS_MAX || decimal.scale() > DIGITS_MAX) {
            throw BuiltinFault.of("number has too many digits to compute with");
        }
    }

    private static BinaryFloat rounded(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() == 0) {
            return new BinaryFloat(BigInteger.ZERO, 0);
        }
        BigInteger magnitude = numerator.abs();
        // Two bits more than needed, and a third that says whether anything is left.
        int shift = PRECISION + 2 - magnitude.bitLength() + denominator.bitLength();
        BigInteger[] parts =
                shift >= 0
                        ? magnitude.shiftLeft(shift).divideAndRemainder(denominator)
                        : magnitude.divideAndRemainder(denominator.shiftLeft(-shift));
        BigInteger quotient = parts[0].shiftLeft(1);
        if (parts[1].signum() != 0) {
            quotient = quotient.setBit(0);
        }
        BinaryFloat result = rounded(quotient, -shift - 1);
        return numerator.signum() < 0
                ? new BinaryFloat(result.significand.negate(), result.exponent)
                : result;
    }

    private static BinaryFloat rounded(BigInteger magnitude, int exponent) {
        int excess = magnitude.bitLength() - PRECISION;
        if (excess <= 0) {
            return new BinaryFloat(magnitude, exponent);
        }
        BigInteger kept = magnitude.shiftRight(excess);
        boolean isHalf = magnitude.testBit(excess - 1);
        boolean isMore = isHalf && magnitude.getLowestSetBit() < excess - 1;
        if (isMore || isHalf && kept.testBit(0)) {
            kept = kept.add(BigInteger.ONE);
        }
        return new BinaryFloat(kept, exponent + excess);
    }

    BinaryFloat plus(BinaryFloat other) {
        return of(exact().add(other.exact()));
    }

    BinaryFloat minus(BinaryFloat other) {
        return of(exact().subtract(other.exact()));
    }

    BinaryFloat times(BinaryFloat other) {
        BigInteger product = significand.multiply(other.significand);
        BinaryFloat magnitude = rounded(product.abs(), exponent + other.exponent);
        return product.signum() < 0
                ? new BinaryFloat(magnitude.significand.negate(), magnitude.exponent)
                : magnitude;
    }

    /// @throws ArithmeticException when `other` is zero
    BinaryFloat dividedBy(BinaryFloat other) {
        BinaryFloat quotient =
                rounded(
                        significand.multiply(BigInteger.valueOf(other.significand.signum())),
                        other.significand.abs());
        return new BinaryFloat(quotient.significand, quotient.exponent + exponent - other.exponent);
    }

    boolean isZero() {
        return significand.signum() == 0;
    }

    BinaryFloat negated() {
        return new BinaryFloat(significand.negate(), exponent);
    }

    /// The whole number next to zero.
    BigInteger truncated() {
        BigInteger magnitude = significand.abs();
        BigInteger whole =
                exponent >= 0 ? magnitude.shiftLeft(exponent) : magnitude.shiftRight(-exponent);
        return significand.signum() < 0 ? whole.negate() : whole;
    }

    boolean isInteger() {
        return exponent >= 0 || significand.getLowestSetBit() >= -exponent || isZero();
    }

    /// Halves go away from zero.
    BigInteger roundedToInteger() {
        BinaryFloat half = of(HALF);
        return (significand.signum() < 0 ? minus(half) : plus(half)).truncated();
    }

    BigInteger floor() {
        BigInteger whole = truncated();
        return significand.signum() < 0 && !isInteger() ? whole.subtract(BigInteger.ONE) : whole;
    }

    BigInteger ceiling() {
        return negated().floor().negate();
    }

    private BigDecimal exact() {
        return exact(significand, exponent);
    }

    private static BigDecimal exact(BigInteger significand, int exponent) {
        return exponent >= 0
                ? new BigDecimal(significand.shiftLeft(exponent))
                : new BigDecimal(
                        significand.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
    }

    /// The shortest decimal number that would be rounded to this one.
    NumberValue toNumber() {
        if (isZero()) {
            return NumberValue.of(0);
        }
        BigInteger magnitude = significand.abs();
        int shift = PRECISION + 1 - magnitude.bitLength();
        BigInteger twice = magnitude.shiftLeft(shift);
        int unit = exponent - shift;
        BigDecimal value = exact(twice, unit);
        BigDecimal shortest =
                Shortest.between(
                        exact(twice.subtract(BigInteger.ONE), unit),
                        value,
                        exact(twice.add(BigInteger.ONE), unit),
                        !twice.testBit(1));
        return NumberValue.of(significand.signum() < 0 ? shortest.negate() : shortest);
    }

    /// Finds the number of fewest digits in an interval, by the digits of its bounds.
    private static final class Shortest {
        private Shortest() {}

        static BigDecimal between(
                BigDecimal lower, BigDecimal value, BigDecimal upper, boolean isInclusive) {
            BigDecimal stripped = value.stripTrailingZeros();
            String digits = stripped.unscaledValue().toString();
            String low = lower.stripTrailingZeros().unscaledValue().toString();
            String high = upper.stripTrailingZeros().unscaledValue().toString();
            for (int i = 0; i < digits.length(); i++) {
                char digit = digits.charAt(i);
                boolean mayGoDown = at(low, i) != digit || isInclusive && i + 1 == low.length();
                boolean mayGoUp =
                        digit != at(high, i)
                                && (isInclusive
                                        || digit + 1 < at(high, i)
                                        || i + 1 < high.length());
                if (mayGoDown || mayGoUp) {
                    boolean isUp = mayGoUp && (!mayGoDown || roundsUp(digits, i + 1));
                    return cut(stripped, digits, i + 1, isUp);
                }
            }
            return stripped;
        }

        private static char at(String digits, int place) {
            return place < digits.length() ? digits.charAt(place) : '0';
        }

        /// To nearest, ties to an even digit.
        private static boolean roundsUp(String digits, int length) {
            if (length >= digits.length()) {
                return false;
            }
            if (digits.charAt(length) == '5' && length + 1 == digits.length()) {
                return (digits.charAt(length - 1) - '0') % 2 != 0;
            }
            return digits.charAt(length) >= '5';
        }

        private static BigDecimal cut(BigDecimal value, String digits, int length, boolean isUp) {
            BigInteger kept = new BigInteger(digits.substring(0, length));
            int scale = value.scale() - (digits.length() - length);
            return new BigDecimal(isUp ? kept.add(BigInteger.ONE) : kept, scale);
        }
    }
}
