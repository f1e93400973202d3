package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a YAML scalar without quotes means, by the rules of YAML 1.1 as Go's package `yaml.v2`
/// reads them: `yes` and `off` are booleans, `010` is eight, dates are texts.
final class YamlScalar {
    private static final List<String> TRUE =
            List.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final List<String> FALSE =
            List.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final List<String> NULL = List.of("", "~", "null", "Null", "NULL");

    private static final Pattern INTEGER =
            Pattern.compile(
                    "([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern SPECIAL =
            Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|["
                            + " \\t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\\.[0-9]*)?["
                            + " \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?)?)?");

    /// Numbers in base 60, which others may read.
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);

    private YamlScalar() {}

    /// @throws BuiltinFault for numbers that JSON does not have
    static Value value(String plain) {
        if (NULL.contains(plain)) {
            return NullValue.NULL;
        }
        if (TRUE.contains(plain) || FALSE.contains(plain)) {
            return BooleanValue.of(TRUE.contains(plain));
        }
        if (SPECIAL.matcher(plain).matches()) {
            throw BuiltinFault.of("json: unsupported value: %s", plain);
        }
        Value number = number(plain);
        return number == null ? StringValue.of(plain) : number;
    }

    private static @Nullable Value number(String plain) {
        if (plain.isEmpty() || ".+-0123456789".indexOf(plain.charAt(0)) < 0) {
            return null;
        }
        String digits = plain.replace("_", "");
        Matcher integer = INTEGER.matcher(digits);
        if (integer.matches()) {
            BigInteger magnitude = magnitude(integer.group(2));
            boolean isNegative = integer.group(1).equals("-");
            BigInteger value = isNegative ? magnitude.negate() : magnitude;
            if (value.bitLength() < Long.SIZE
                    || integer.group(1).isEmpty() && value.compareTo(UNSIGNED_END) < 0) {
                return NumberValue.of(value);
            }
        }
        if (DECIMAL.matcher(digits).matches()) {
            double value = Double.parseDouble(digits);
            return Double.isInfinite(value) ? null : NumberValue.of(GoFloatText.shortest(value));
        }
        return null;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return new BigInteger(digits);
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
            case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
            case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
            default -> new BigInteger(digits, 8);
        };
    }

    /// Whether a text stays a text when it is written without quotes.
    static boolean isText(String text) {
        return !NULL.contains(text)
                && !TRUE.contains(text)
                && !FALSE.contains(text)
                && !text.equals("<<")
                && !SPECIAL.matcher(text).matches()
                && !TIMESTAMP.matcher(text).matches()
                && !BASE_60.matcher(text).matches()
                && number(text) == null;
    }
}
