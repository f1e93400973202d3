package dev.sheaf.rego.builtin;

import java.math.BigInteger;
import java.util.Locale;

/// Whole numbers under the verbs of Go's `fmt`.
final class GoIntegerText {
    private GoIntegerText() {}

    /// As Go prints an `int`.
    ///
    /// @return false when the verb is none for it
    static boolean print(StringBuilder out, GoFormatFlags flags, long value, int verb) {
        switch (verb) {
            case 'v', 'd' -> digits(out, flags, value, 10, verb);
            case 'b' -> digits(out, flags, value, 2, verb);
            case 'o', 'O' -> digits(out, flags, value, 8, verb);
            case 'x', 'X' -> digits(out, flags, value, 16, verb);
            case 'c' -> flags.pad(out, Character.toString(character(value)));
            case 'q' -> flags.pad(out, GoQuotedText.ofCharacter(character(value), flags.isPlus));
            case 'U' -> codePoint(out, flags, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int character(long value) {
        boolean isCharacter =
                value >= 0
                        && value <= Character.MAX_CODE_POINT
                        && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
        return isCharacter ? (int) value : '\uFFFD';
    }

    private static void digits(
            StringBuilder out, GoFormatFlags flags, long value, int base, int verb) {
        if (flags.precision == 0 && value == 0) {
            out.repeat(' ', Math.max(0, flags.width));
            return;
        }
        boolean isSigned = value < 0 || flags.isPlus || flags.isSpace;
        int count = flags.precision;
        if (count < 0 && flags.isZeroPadded() && flags.width >= 0) {
            count = flags.width - (isSigned ? 1 : 0);
        }
        String text = Long.toUnsignedString(Math.abs(value), base);
        StringBuilder digits = new StringBuilder();
        digits.repeat('0', Math.max(0, count - text.length())).append(text);
        if (flags.isSharp) {
            switch (base) {
                case 2 -> digits.insert(0, "0b");
                case 8 -> {
                    if (digits.charAt(0) != '0') {
                        digits.insert(0, '0');
                    }
                }
                case 16 -> digits.insert(0, "0x");
                default -> {}
            }
        }
        if (verb == 'O') {
            digits.insert(0, "0o");
        }
        digits.insert(0, sign(value < 0, flags.isPlus, flags.isSpace));
        flags.pad(out, cased(digits.toString(), verb), ' ');
    }

    private static String sign(boolean isNegative, boolean isPlus, boolean isSpace) {
        return isNegative ? "-" : isPlus ? "+" : isSpace ? " " : "";
    }

    private static String cased(String text, int verb) {
        return verb == 'X' ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static void codePoint(StringBuilder out, GoFormatFlags flags, long value) {
        String digits = Long.toHexString(value).toUpperCase(Locale.ROOT);
        StringBuilder text = new StringBuilder("U+");
        text.repeat('0', Math.max(0, Math.max(4, flags.precision) - digits.length()));
        text.append(digits);
        if (flags.isSharp
                && value >= 0
                && value <= Character.MAX_CODE_POINT
                && GoQuotedText.isPrintable((int) value)) {
            text.append(" '").appendCodePoint((int) value).append('\'');
        }
        flags.pad(out, text.toString(), ' ');
    }

    /// As Go prints a `*big.Int`, which knows its own verbs.
    ///
    /// @return true
    static boolean print(StringBuilder out, GoFormatFlags flags, BigInteger value, int verb) {
        int base =
                switch (verb) {
                    case 'd', 's', 'v' -> 10;
                    case 'b' -> 2;
                    case 'o', 'O' -> 8;
                    case 'x', 'X' -> 16;
                    default -> 0;
                };
        if (base == 0) {
            out.append("%!").appendCodePoint(verb).append("(big.Int=").append(value).append(')');
            return true;
        }
        boolean isSharp = flags.isSharp || flags.isGoSyntax;
        String sign = sign(value.signum() < 0, flags.isPlus || flags.isPlusDefault, flags.isSpace);
        String prefix = verb == 'O' ? "0o" : isSharp ? prefix(verb) : "";
        String digits = cased(value.abs().toString(base), verb);
        int zeros = Math.max(0, flags.precision - digits.length());
        int missing = flags.width - sign.length() - prefix.length() - zeros - digits.length();
        if (missing > 0 && flags.isZeroPadded() && flags.precision < 0) {
            zeros = missing;
        }
        String text = sign + prefix + "0".repeat(zeros) + digits;
        flags.pad(out, text, ' ');
        return true;
    }

    private static String prefix(int verb) {
        return switch (verb) {
            case 'b' -> "0b";
            case 'o' -> "0";
            case 'x' -> "0x";
            case 'X' -> "0X";
            default -> "";
        };
    }
}
