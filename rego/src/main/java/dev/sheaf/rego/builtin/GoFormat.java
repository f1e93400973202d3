package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// Formats values as Go's `fmt.Sprintf` does, mistakes in the format included: they show in the
/// result (`%!d(string=a)`). Whole numbers are Go's `int` or `*big.Int`, other numbers `float64`,
/// and everything else is a `string` of Rego text.
///
/// Used for one text, by one thread. Source: the documentation of Go's package `fmt`.
final class GoFormat {
    /// Widths and precisions beyond it are not taken.
    private static final int SIZE_MAX = 1_000_000;

    private static final BigDecimal DOUBLE_MAX = new BigDecimal(Double.MAX_VALUE);

    private final String format;
    private final List<Argument> arguments;
    private final GoFormatFlags flags = new GoFormatFlags();
    private final StringBuilder out = new StringBuilder();

    private int at;
    private int next;
    private boolean isReordered;
    private boolean isGoodIndex;

    private GoFormat(String format, List<Argument> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /// What is formatted, as Go would hold it.
    private sealed interface Argument {
        String typeName();
    }

    private record Int(long value) implements Argument {
        @Override
        public String typeName() {
            return "int";
        }
    }

    private record Big(BigInteger value) implements Argument {
        @Override
        public String typeName() {
            return "*big.Int";
        }
    }

    private record Float(double value) implements Argument {
        @Override
        public String typeName() {
            return "float64";
        }
    }

    private record Text(String value) implements Argument {
        @Override
        public String typeName() {
            return "string";
        }
    }

    /// @param world for counting the work
    static String sprintf(String format, ArrayValue values, Surroundings world) {
        world.work(values.size() + StringBuiltins.steps(format));
        GoFormat run =
                new GoFormat(format, values.items().stream().map(GoFormat::argument).toList());
        return run.run(world);
    }

    private static Argument argument(Value value) {
        if (value instanceof StringValue string) {
            return new Text(string.value());
        }
        if (!(value instanceof NumberValue number)) {
            return new Text(value.toString());
        }
        if (number.isLong()) {
            return new Int(number.longValue());
        }
        BigDecimal decimal = number.decimalValue();
        if (decimal.abs().compareTo(DOUBLE_MAX) > 0 && decimal.scale() != 0) {
            return new Text(scientific(decimal));
        }
        return number.isInteger()
                ? new Big(BinaryFloat.integer(number))
                : new Float(number.doubleValue());
    }

    /// As it was most probably written, since nobody writes so many zeros: `2e308`.
    private static String scientific(BigDecimal decimal) {
        return decimal.toString().replace("E+", "e");
    }

    private String run(Surroundings world) {
        int end = format.length();
        while (at < end) {
            int percent = format.indexOf('%', at);
            int literalEnd = percent < 0 ? end : percent;
            out.append(format, at, literalEnd);
            at = literalEnd;
            if (at < end) {
                int before = out.length();
                at++;
                directive();
                world.work(1 + (out.length() - before) / 64);
            }
        }
        if (!isReordered && next < arguments.size()) {
            extra();
        }
        return out.toString();
    }

    private void directive() {
        isGoodIndex = true;
        flags.clear();
        while (at < format.length() && flags.set(format.charAt(at))) {
            at++;
        }
        boolean isAfterIndex = index();
        isAfterIndex = width(isAfterIndex);
        isAfterIndex = precision(isAfterIndex);
        if (!isAfterIndex) {
            index();
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (!isGoodIndex) {
            out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
        } else if (next >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            // Verb w is of no use here, but reads its flags like v.
            if (verb == 'v' || verb == 'w') {
                flags.forDefaultVerb();
            }
            print(arguments.get(next), verb);
            next++;
        }
    }

    /// An explicit index as in `%[2]d`.
    ///
    /// @return whether there was a well-formed one
    private boolean index() {
        if (at >= format.length() || format.charAt(at) != '[') {
            return false;
        }
        isReordered = true;
        int close = format.length() - at < 3 ? -1 : format.indexOf(']', at);
        if (close < 0) {
            at++;
            isGoodIndex = false;
            return false;
        }
        int number = number(at + 1, close);
        at = close + 1;
        if (number < 1 || number > arguments.size()) {
            isGoodIndex = false;
            return number >= 0;
        }
        next = number - 1;
        return true;
    }

    /// -1 when these are not digits or too many.
    private int number(int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            char digit = format.charAt(i);
            if (digit < '0' || digit > '9' || number > SIZE_MAX) {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return start == end || number > SIZE_MAX ? -1 : number;
    }

    private boolean width(boolean isAfterIndex) {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            int width = fromArgument();
            if (width == Integer.MIN_VALUE) {
                out.append("%!(BADWIDTH)");
            } else {
                flags.setWidth(width);
            }
            return false;
        }
        int width = digits();
        if (width >= 0) {
            flags.setWidth(width);
            isGoodIndex &= !isAfterIndex;
        }
        return isAfterIndex;
    }

    private boolean precision(boolean isAfterIndex) {
        if (at >= format.length() || format.charAt(at) != '.') {
            return isAfterIndex;
        }
        at++;
        isGoodIndex &= !isAfterIndex;
        boolean isNowAfterIndex = index();
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            int precision = fromArgument();
            if (precision < 0) {
                out.append("%!(BADPREC)");
            } else {
                flags.setPrecision(precision);
            }
            return false;
        }
        flags.setPrecision(Math.max(0, digits()));
        return isNowAfterIndex;
    }

    /// The number here, or -1. One that is too large swallows the rest of the format.
    private int digits() {
        int start = at;
        int number = 0;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            number = number * 10 + format.charAt(at) - '0';
            if (number > SIZE_MAX) {
                at = format.length();
                return -1;
            }
            at++;
        }
        return at == start ? -1 : number;
    }

    /// A width or precision given as `*`; MIN_VALUE when the argument is none.
    private int fromArgument() {
        if (next >= arguments.size()) {
            return Integer.MIN_VALUE;
        }
        Argument argument = arguments.get(next++);
        return argument instanceof Int number
                        && Math.absExact(Math.max(number.value, -Long.MAX_VALUE)) <= SIZE_MAX
                ? (int) number.value
                : Integer.MIN_VALUE;
    }

    private void print(Argument argument, int verb) {
        if (verb == 'T') {
            flags.pad(out, flags.truncated(argument.typeName()));
            return;
        }
        boolean isPrinted =
                switch (argument) {
                    case Int number -> GoIntegerText.print(out, flags, number.value, verb);
                    case Big number -> GoIntegerText.print(out, flags, number.value, verb);
                    case Float number -> GoFloatText.print(out, flags, number.value, verb);
                    case Text text -> GoStringText.print(out, flags, text.value, verb);
                };
        if (!isPrinted) {
            out.append("%!").appendCodePoint(verb).append('(');
            named(argument);
            out.append(')');
        }
    }

    private void named(Argument argument) {
        out.append(argument.typeName()).append('=');
        print(argument, 'v');
    }

    private void extra() {
        flags.clear();
        out.append("%!(EXTRA ");
        for (int i = next; i < arguments.size(); i++) {
            if (i > next) {
                out.append(", ");
            }
            named(arguments.get(i));
        }
        out.append(')');
    }
}
