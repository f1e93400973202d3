package dev.sheaf.rego.builtin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/// Durations as Go writes them: `1h15m30.918s`, `-1.5h`, `300ms`.
///
/// Source: the documentation of Go's `time.ParseDuration`, and its error texts.
final class GoDuration {
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "\u00b5s", 1_000L,
                    "\u03bcs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /// In nanoseconds; parts of them are cut off.
    ///
    /// @throws BuiltinFault when it is none, or does not fit into 64 bits
    static long parse(String text) {
        boolean hasSign = text.startsWith("-") || text.startsWith("+");
        boolean isNegative = text.startsWith("-");
        String rest = hasSign ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0;
        }
        if (rest.isEmpty()) {
            throw invalid(text);
        }
        BigInteger sum = BigInteger.ZERO;
        while (!rest.isEmpty()) {
            int numberEnd = 0;
            while (numberEnd < rest.length() && isInNumber(rest, numberEnd)) {
                numberEnd++;
            }
            String number = rest.substring(0, numberEnd);
            if (number.isEmpty() || number.equals(".")) {
                throw invalid(text);
            }
            int unitEnd = numberEnd;
            while (unitEnd < rest.length()
                    && rest.charAt(unitEnd) != '.'
                    && !GoLayout.isDigit(rest.charAt(unitEnd))) {
                unitEnd++;
            }
            sum = sum.add(nanos(number, rest.substring(numberEnd, unitEnd), text));
            rest = rest.substring(unitEnd);
        }
        BigInteger signed = isNegative ? sum.negate() : sum;
        if (signed.bitLength() >= Long.SIZE) {
            throw invalid(text);
        }
        return signed.longValueExact();
    }

    /// Digits and one point.
    private static boolean isInNumber(String text, int at) {
        char c = text.charAt(at);
        return GoLayout.isDigit(c) || c == '.' && text.indexOf('.') == at;
    }

    private static BigInteger nanos(String number, String unit, String text) {
        if (unit.isEmpty()) {
            throw BuiltinFault.of("time: missing unit in duration %s", GoTimeParsing.quoted(text));
        }
        Long nanos = NANOS.get(unit);
        if (nanos == null) {
            throw BuiltinFault.of(
                    "time: unknown unit %s in duration %s",
                    GoTimeParsing.quoted(unit), GoTimeParsing.quoted(text));
        }
        BigInteger product =
                new BigDecimal(number).multiply(BigDecimal.valueOf(nanos)).toBigInteger();
        if (product.compareTo(MAX.add(BigInteger.ONE)) > 0) {
            throw invalid(text);
        }
        return product;
    }

    private static BuiltinFault invalid(String text) {
        return BuiltinFault.of("time: invalid duration %s", GoTimeParsing.quoted(text));
    }
}
