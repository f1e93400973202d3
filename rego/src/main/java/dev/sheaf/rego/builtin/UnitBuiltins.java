package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.Value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/// Amounts with units: `10Gi`, `1.5kB`, `200m`.
final class UnitBuiltins {
    private static final String PREFIXES = "kmgtpe";

    /// Exponents of more digits are not taken.
    private static final int EXPONENT_DIGITS_MAX = 6;

    /// Digits behind the point of a result that is not whole.
    private static final int DECIMALS = 10;

    /// As binary numbers have it.
    private static final BigDecimal MILLI = new BigDecimal(0.001);

    private UnitBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("units.parse", "string -> number", (a, world) -> parsed(a)),
                Builtin.of("units.parse_bytes", "string -> number", (a, world) -> parsedBytes(a)));
    }

    /// A number as it is written, and what stands behind it.
    private record Amount(String number, String unit) {}

    private static Amount split(String text, String function, String missing) {
        if (text.contains(" ")) {
            throw BuiltinFault.of("%s: spaces not allowed in resource strings", function);
        }
        int end = numberEnd(text, function);
        if (end == 0) {
            throw BuiltinFault.of("%s: no %s provided", function, missing);
        }
        return new Amount(text.substring(0, end), text.substring(end));
    }

    private static int numberEnd(String text, String function) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 'e' || c == 'E') {
                int digits = exponentStart(text, at);
                if (digits < 0) {
                    return at;
                }
                int end = digits;
                while (end < text.length() && GoLayout.isDigit(text.charAt(end))) {
                    end++;
                }
                if (end - digits > EXPONENT_DIGITS_MAX) {
                    throw BuiltinFault.of("%s: exponent too large", function);
                }
                at = digits;
            } else if (GoLayout.isDigit(c) || c == '.' || c == '+' || c == '-') {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    /// Behind the letter of an exponent and its sign, or -1 when the letter is a unit.
    private static int exponentStart(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        char next = text.charAt(at + 1);
        if (next == '+' || next == '-') {
            return at + 2;
        }
        return GoLayout.isDigit(next) ? at + 1 : -1;
    }

    /// Large and small letters differ only in the first one, and only `m` from `M`.
    private static Value parsed(Value[] arguments) {
        String text = Operands.text(arguments, 0).replace("\"", "");
        Amount amount = split(text, "units.parse", "amount");
        String unit =
                amount.unit.isEmpty()
                        ? ""
                        : amount.unit.charAt(0) + amount.unit.substring(1).toLowerCase(Locale.ROOT);
        BigDecimal factor =
                unit.equals("m")
                        ? MILLI
                        : factor(unit.toLowerCase(Locale.ROOT), "units.parse", "", unit);
        BigDecimal number = TypeBuiltins.decimalOrNull(amount.number);
        if (number == null) {
            throw BuiltinFault.of("units.parse: could not parse amount to a number");
        }
        BigDecimal product = number.multiply(factor);
        boolean isWhole = product.signum() == 0 || product.stripTrailingZeros().scale() <= 0;
        return NumberValue.of(isWhole ? product : product.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /// Case does not matter; parts of a byte are cut off.
    private static Value parsedBytes(Value[] arguments) {
        String text = Operands.text(arguments, 0).toLowerCase(Locale.ROOT).replace("\"", "");
        Amount amount = split(text, "units.parse_bytes", "byte amount");
        String unit = amount.unit;
        String withoutByte =
                unit.length() > 1 && unit.endsWith("b")
                        ? unit.substring(0, unit.length() - 1)
                        : unit;
        BigDecimal factor = factor(withoutByte, "units.parse_bytes", "byte ", unit);
        BigDecimal number = TypeBuiltins.decimalOrNull(amount.number);
        if (number == null) {
            throw BuiltinFault.of("units.parse_bytes: could not parse byte amount to a number");
        }
        BigInteger bytes =
                BinaryFloat.of(NumberValue.of(number)).times(BinaryFloat.of(factor)).truncated();
        return NumberValue.of(bytes);
    }

    /// @param unit in small letters
    /// @param shown the unit as errors show it
    private static BigDecimal factor(String unit, String function, String kind, String shown) {
        if (unit.isEmpty()) {
            return BigDecimal.ONE;
        }
        int power = PREFIXES.indexOf(unit.charAt(0)) + 1;
        boolean isBinary = unit.length() == 2 && unit.charAt(1) == 'i';
        if (power == 0 || unit.length() > 1 && !isBinary) {
            throw BuiltinFault.of("%s: %sunit %s not recognized", function, kind, shown);
        }
        return BigDecimal.valueOf(isBinary ? 1024 : 1000).pow(power);
    }
}
