package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.TemplateValue.Given;
import dev.sheaf.rego.builtin.web.TemplateValue.Real;
import dev.sheaf.rego.builtin.web.TemplateValue.Whole;
import dev.sheaf.rego.value.BooleanValue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Go's `fmt.Sprintf` for the values of templates: all verbs with flags, width and precision.
final class GoFormat {
    private static final int SIZE_MAX = 1_000;

    private final String format;
    private final List<TemplateValue> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;

    private GoFormat(String format, List<TemplateValue> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    static String format(String format, List<TemplateValue> arguments) {
        GoFormat formatting = new GoFormat(format, arguments);
        formatting.run();
        return formatting.out.toString();
    }

    /// @param width at least so many characters
    /// @param precision -1 when none is given
    private record Flags(
            boolean isLeft,
            boolean hasSign,
            boolean isAlternate,
            boolean hasZeros,
            boolean hasSpace,
            int width,
            int precision) {}

    private void run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            verb(flags());
        }
        if (next < arguments.size()) {
            out.append("%!(EXTRA ");
            String separator = "";
            for (TemplateValue extra : arguments.subList(next, arguments.size())) {
                out.append(separator).append(typed(extra));
                separator = ", ";
            }
            out.append(')');
        }
    }

    private static String typed(TemplateValue value) {
        return value.isNil() ? "<nil>" : value.typeName() + "=" + value.text();
    }

    private Flags flags() {
        int start = at;
        while (at < format.length() && "-+# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        String flags = format.substring(start, at);
        int width = size();
        int precision = -1;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = Math.max(0, size());
        }
        boolean isLeft = flags.contains("-");
        return new Flags(
                isLeft,
                flags.contains("+"),
                flags.contains("#"),
                flags.contains("0") && !isLeft,
                flags.contains(" "),
                Math.max(0, width),
                precision);
    }

    /// A number, or `*` for the next argument; -1 when there is none.
    private int size() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            TemplateValue value = next < arguments.size() ? arguments.get(next++) : null;
            return value instanceof Whole(long size) ? bounded(size) : -1;
        }
        int start = at;
        while (at < format.length() && Character.isDigit(format.charAt(at))) {
            at++;
        }
        return start == at
                ? -1
                : at - start > 6
                        ? bounded(Long.MAX_VALUE)
                        : bounded(Long.parseLong(format.substring(start, at)));
    }

    private static int bounded(long size) {
        if (size > SIZE_MAX) {
            throw BuiltinFault.of("width or precision is %d, at most %d", size, SIZE_MAX);
        }
        return (int) size;
    }

    private void verb(Flags flags) {
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
            return;
        }
        String name = Character.toString(verb);
        if (next >= arguments.size()) {
            out.append("%!").append(name).append("(MISSING)");
            return;
        }
        TemplateValue value = arguments.get(next++);
        out.append(formatted(flags, verb, value));
    }

    private static String formatted(Flags flags, int verb, TemplateValue value) {
        if (verb == 'T') {
            return padded(flags, value.typeName());
        }
        if (value.isNil()) {
            return verb == 'v' ? padded(flags, "<nil>") : bad(verb, value);
        }
        return switch (value) {
            case Whole(long number) -> whole(flags, verb, number);
            case Real(double number) -> real(flags, verb, number);
            case Given given when given.value() instanceof BooleanValue ->
                    verb == 't' || verb == 'v' ? padded(flags, value.text()) : bad(verb, value);
            case Given given -> text(flags, verb, value);
            case TemplateValue.Missing none -> bad(verb, value);
        };
    }

    private static String bad(int verb, TemplateValue value) {
        return "%!" + Character.toString(verb) + "(" + typed(value) + ")";
    }

    private static String padded(Flags flags, String text) {
        int length = text.codePointCount(0, text.length());
        String padding = " ".repeat(Math.max(0, flags.width - length));
        return flags.isLeft ? text + padding : padding + text;
    }

    private static String text(Flags flags, int verb, TemplateValue value) {
        boolean isText = value.isText();
        String text = value.text();
        if (flags.precision >= 0 && isText) {
            int length = text.codePointCount(0, text.length());
            text = text.substring(0, text.offsetByCodePoints(0, Math.min(length, flags.precision)));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (verb) {
            case 'v' -> padded(flags, flags.isAlternate && isText ? GoQuotedText.of(text) : text);
            case 's' -> padded(flags, text);
            case 'q' -> isText ? padded(flags, GoQuotedText.of(text)) : bad(verb, value);
            case 'x' -> isText ? padded(flags, HexFormat.of().formatHex(bytes)) : bad(verb, value);
            case 'X' ->
                    isText
                            ? padded(flags, HexFormat.of().withUpperCase().formatHex(bytes))
                            : bad(verb, value);
            default -> bad(verb, value);
        };
    }

    private static String whole(Flags flags, int verb, long number) {
        String digits = Long.toString(number).replace("-", "");
        String prefix = "";
        switch (verb) {
            case 'd', 'v' -> {}
            case 'b' -> digits = unsigned(number, 2);
            case 'o' -> {
                digits = unsigned(number, 8);
                prefix = flags.isAlternate ? "0" : "";
            }
            case 'O' -> {
                digits = unsigned(number, 8);
                prefix = "0o";
            }
            case 'x' -> {
                digits = unsigned(number, 16);
                prefix = flags.isAlternate ? "0x" : "";
            }
            case 'X' -> {
                digits = unsigned(number, 16).toUpperCase(Locale.ROOT);
                prefix = flags.isAlternate ? "0X" : "";
            }
            case 'c', 'q' -> {
                String character =
                        Character.isValidCodePoint((int) number)
                                ? Character.toString((int) number)
                                : "\ufffd";
                return padded(flags, verb == 'c' ? character : "'" + character + "'");
            }
            case 'U' -> {
                return padded(flags, "U+%04X".formatted(number));
            }
            default -> {
                return bad(verb, new Whole(number));
            }
        }
        String sign = number < 0 ? "-" : flags.hasSign ? "+" : flags.hasSpace ? " " : "";
        int zeros =
                flags.precision >= 0
                        ? flags.precision
                        : flags.hasZeros ? flags.width - sign.length() : 0;
        return padded(
                flags, sign + prefix + "0".repeat(Math.max(0, zeros - digits.length())) + digits);
    }

    private static String unsigned(long number, int radix) {
        return Long.toString(number, radix).replace("-", "");
    }

    private static String real(Flags flags, int verb, double number) {
        if ("vgGeEfF".indexOf(verb) < 0) {
            return bad(verb, new Real(number));
        }
        String text;
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            text = GoFloat.shortest(number);
        } else {
            BigDecimal exact = new BigDecimal(number);
            int precision = flags.precision < 0 ? 6 : flags.precision;
            text =
                    switch (verb) {
                        case 'f', 'F' ->
                                exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
                        case 'e', 'E' -> scientific(exact, precision);
                        default ->
                                flags.precision < 0
                                        ? GoFloat.shortest(number)
                                        : general(exact, Math.max(1, flags.precision));
                    };
        }
        if (verb == 'E' || verb == 'G') {
            text = text.toUpperCase(Locale.ROOT);
        }
        String sign = "";
        if (text.startsWith("-")) {
            sign = "-";
            text = text.substring(1);
        } else if (flags.hasSign && !text.startsWith("+")) {
            sign = "+";
        } else if (flags.hasSpace) {
            sign = " ";
        }
        int zeros = flags.hasZeros ? flags.width - sign.length() - text.length() : 0;
        return padded(flags, sign + "0".repeat(Math.max(0, zeros)) + text);
    }

    private static String scientific(BigDecimal exact, int precision) {
        BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String text = GoFloat.scientific(rounded);
        int exponent = text.indexOf('e');
        String mantissa = text.substring(0, exponent);
        int point = mantissa.indexOf('.');
        int have = point < 0 ? 0 : mantissa.length() - point - 1;
        String filled =
                mantissa
                        + (point < 0 && precision > 0 ? "." : "")
                        + "0".repeat(Math.max(0, precision - have));
        return filled + text.substring(exponent);
    }

    private static String general(BigDecimal exact, int precision) {
        BigDecimal rounded =
                exact.round(new MathContext(precision, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0";
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        int digits = rounded.precision();
        int plainMax = precision > digits && digits > exponent ? digits : precision;
        return exponent < -4 || exponent >= plainMax
                ? GoFloat.scientific(rounded)
                : rounded.toPlainString();
    }
}
