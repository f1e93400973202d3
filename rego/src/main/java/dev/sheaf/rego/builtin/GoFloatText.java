package dev.sheaf.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Floating-point numbers under the verbs of Go's `fmt`. Finite ones only.
final class GoFloatText {
    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;

    private GoFloatText() {}

    /// @return false when the verb is none for it
    static boolean print(StringBuilder out, GoFormatFlags flags, double value, int verb) {
        int precision = flags.precision;
        String number;
        switch (verb) {
            case 'v' -> number = general(value, precision, 'e');
            case 'g' -> number = general(value, precision, 'e');
            case 'G' -> number = general(value, precision, 'E');
            case 'e', 'E' -> number = scientific(value, precision < 0 ? 6 : precision, (char) verb);
            case 'f', 'F' -> number = fixed(value, precision < 0 ? 6 : precision);
            case 'b' -> number = binary(value);
            case 'x', 'X' -> number = hexadecimal(value, precision, verb);
            default -> {
                return false;
            }
        }
        if (flags.isSharp && verb != 'b') {
            number = withPoint(number, verb, precision);
        }
        boolean isNegative = number.startsWith("-");
        String digits = isNegative ? number.substring(1) : number;
        String sign = isNegative ? "-" : flags.isPlus ? "+" : flags.isSpace ? " " : "";
        int missing = flags.width - sign.length() - digits.length();
        if (missing > 0 && flags.isZeroPadded()) {
            out.append(sign).repeat('0', missing).append(digits);
        } else {
            flags.pad(out, sign + digits, ' ');
        }
        return true;
    }

    /// The shortest digits that give the same `double` again.
    static BigDecimal shortest(double value) {
        return value == 0
                ? BigDecimal.ZERO
                : new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    /// Without an exponent where that is at least -4 and less than the precision, or than 6.
    ///
    /// @param precision significant digits; negative: as many as needed
    static String general(double value, int precision, char exponentMark) {
        boolean isShortest = precision < 0;
        int digits = Math.max(1, precision);
        BigDecimal decimal =
                isShortest
                        ? shortest(value)
                        : new BigDecimal(value)
                                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                                .stripTrailingZeros();
        BigDecimal magnitude = decimal.abs();
        int exponent = magnitude.signum() == 0 ? 0 : magnitude.precision() - magnitude.scale() - 1;
        int limit = digits;
        if (limit > magnitude.precision() && magnitude.precision() >= exponent + 1) {
            limit = magnitude.precision();
        }
        if (isShortest) {
            limit = 6;
        }
        if (exponent < -4 || exponent >= limit) {
            return sign(value) + scientific(magnitude, exponentMark);
        }
        return sign(value) + magnitude.toPlainString();
    }

    private static String scientific(BigDecimal magnitude, char mark) {
        String digits = magnitude.unscaledValue().toString();
        int exponent = magnitude.signum() == 0 ? 0 : digits.length() - magnitude.scale() - 1;
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return digits.charAt(0) + fraction + exponent(exponent, mark);
    }

    private static String exponent(int exponent, char mark) {
        return "%c%c%02d".formatted(mark, exponent < 0 ? '-' : '+', Math.abs(exponent));
    }

    /// @param precision digits behind the point
    private static String scientific(double value, int precision, char mark) {
        BigDecimal exact = new BigDecimal(value).abs();
        if (exact.signum() == 0) {
            String fraction = precision > 0 ? "." + "0".repeat(precision) : "";
            return sign(value) + "0" + fraction + exponent(0, mark);
        }
        BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - rounded.scale() - 1;
        StringBuilder text = new StringBuilder(sign(value)).append(digits.charAt(0));
        if (precision > 0) {
            text.append('.').append(digits, 1, digits.length());
            text.repeat('0', precision + 1 - digits.length());
        }
        return text.append(exponent(exponent, mark)).toString();
    }

    private static String fixed(double value, int precision) {
        BigDecimal rounded =
                new BigDecimal(value).abs().setScale(precision, RoundingMode.HALF_EVEN);
        return sign(value) + rounded.toPlainString();
    }

    private static String binary(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = Math.getExponent(value);
        long fraction = bits & (1L << MANTISSA_BITS) - 1;
        boolean isNormal = exponent >= Double.MIN_EXPONENT;
        long mantissa = isNormal ? fraction | 1L << MANTISSA_BITS : fraction;
        int scale = (isNormal ? exponent : Double.MIN_EXPONENT) - MANTISSA_BITS;
        return sign(value) + mantissa + "p" + (scale >= 0 ? "+" : "") + scale;
    }

    private static String hexadecimal(double value, int precision, int verb) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >> MANTISSA_BITS & 0x7ff) - EXPONENT_BIAS;
        BigInteger mantissa = BigInteger.valueOf(bits & (1L << MANTISSA_BITS) - 1);
        if (exponent != -EXPONENT_BIAS) {
            mantissa = mantissa.setBit(MANTISSA_BITS);
        } else if (mantissa.signum() != 0) {
            int shift = MANTISSA_BITS + 1 - mantissa.bitLength();
            mantissa = mantissa.shiftLeft(shift);
            exponent += 1 - shift;
        } else {
            exponent = 0;
        }
        int digits = MANTISSA_BITS / 4;
        if (precision >= 0 && precision < digits) {
            BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(4 * (digits - precision)));
            BigInteger rounded =
                    new BigDecimal(mantissa)
                            .divide(unit, 0, RoundingMode.HALF_EVEN)
                            .toBigIntegerExact();
            if (rounded.bitLength() > 4 * precision + 1) {
                rounded = rounded.shiftRight(1);
                exponent++;
            }
            mantissa = rounded.shiftLeft(4 * (digits - precision));
        }
        String all = "%014x".formatted(mantissa);
        String fraction = all.substring(1);
        fraction =
                precision < 0
                        ? fraction.replaceFirst("0+$", "")
                        : precision <= digits
                                ? fraction.substring(0, precision)
                                : fraction + "0".repeat(precision - digits);
        String text =
                "0x"
                        + all.charAt(0)
                        + (fraction.isEmpty() ? "" : "." + fraction)
                        + exponent(exponent, 'p');
        return sign(value) + (verb == 'X' ? text.toUpperCase(Locale.ROOT) : text);
    }

    /// The flag `#`: always a decimal point, and for `%g` all the digits.
    private static String withPoint(String number, int verb, int precision) {
        int digits =
                switch (verb) {
                    case 'v', 'g', 'G', 'x' -> precision < 0 ? 6 : precision;
                    default -> 0;
                };
        boolean isHexadecimal = verb == 'x' || verb == 'X';
        int tail = number.length();
        boolean hasPoint = false;
        boolean isAfterZeros = false;
        int start = number.startsWith("-") ? 1 : 0;
        for (int i = start; i < tail; i++) {
            char c = number.charAt(i);
            if (c == '.') {
                hasPoint = true;
            } else if (c == 'p' || c == 'P' || !isHexadecimal && (c == 'e' || c == 'E')) {
                tail = i;
            } else {
                isAfterZeros |= c != '0';
                digits -= isAfterZeros ? 1 : 0;
            }
        }
        StringBuilder text = new StringBuilder(number.substring(0, tail));
        if (!hasPoint) {
            if (text.length() - start == 1 && text.charAt(start) == '0') {
                digits--;
            }
            text.append('.');
        }
        return text.repeat('0', Math.max(0, digits)).append(number.substring(tail)).toString();
    }
}
