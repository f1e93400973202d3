package dev.sheaf.contract.document;

import dev.sheaf.contract.Finding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a plain YAML scalar means: YAML 1.1 (https://yaml.org/type/), timestamps left as text.
final class YamlScalars {
    private static final Set<String> TRUE_WORDS = Set.of("true", "yes", "on");
    private static final Set<String> FALSE_WORDS = Set.of("false", "no", "off");
    private static final Set<String> NULL_WORDS = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern WORD = Pattern.compile("[a-z]+|[A-Z][a-z]*|[A-Z]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern SEXAGESIMAL =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final Pattern FLOATING =
            Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?");
    private static final Pattern POINT_FIRST =
            Pattern.compile("[-+]?\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
    private static final Pattern NUMBER_OF_YAML_1_2 =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final int NUMBER_CHARACTERS_MAX = 100;
    private static final int EXPONENT_DIGITS_MAX = 4;
    private static final int SIXTY = 60;

    private YamlScalars() {}

    static Node resolve(Position at, String text) {
        if (NULL_WORDS.contains(text)) {
            return new Node.Nothing(at);
        }
        if (text.length() <= 5 && WORD.matcher(text).matches()) {
            String word = text.toLowerCase(Locale.ROOT);
            if (TRUE_WORDS.contains(word)) {
                return new Node.Flag(at, true);
            }
            if (FALSE_WORDS.contains(word)) {
                return new Node.Flag(at, false);
            }
        }
        return number(text)
                .<Node>map(value -> new Node.Number(at, value, text))
                .orElseGet(() -> new Node.Text(at, text));
    }

    /// A remark when YAML 1.2 (core schema) reads the text as something else.
    static Optional<Finding> remark(Node node, String text) {
        String otherwise =
                switch (node) {
                    case Node.Flag flag
                            when !Set.of("true", "false").contains(text.toLowerCase(Locale.ROOT)) ->
                            "'" + text + "' is " + flag.value() + " in YAML 1.1 and text in 1.2";
                    case Node.Number number when OCTAL.matcher(text).matches() ->
                            "'"
                                    + text
                                    + "' is the octal number "
                                    + number.value()
                                    + " in YAML 1.1 and decimal in 1.2";
                    case Node.Number number when SEXAGESIMAL.matcher(text).matches() ->
                            "'"
                                    + text
                                    + "' is "
                                    + number.value().toPlainString()
                                    + " (base 60) in YAML 1.1 and text in 1.2";
                    case Node.Text ignored when NUMBER_OF_YAML_1_2.matcher(text).matches() ->
                            "'" + text + "' is text in YAML 1.1 and a number in 1.2";
                    default -> "";
                };
        return otherwise.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                Finding.Severity.WARNING,
                                node.at(),
                                "",
                                "yaml",
                                otherwise + "; quote it if it is text, else write it plainly"));
    }

    static Optional<BigDecimal> number(String text) {
        char first = text.charAt(0);
        if (text.length() > NUMBER_CHARACTERS_MAX
                || !(first >= '0' && first <= '9'
                        || first == '-'
                        || first == '+'
                        || first == '.')) {
            return Optional.empty();
        }
        String digits = text.replace("_", "");
        if (BINARY.matcher(text).matches()) {
            return whole(digits, "0b", 2);
        }
        if (WHOLE.matcher(text).matches()) {
            return whole(digits, "", 10);
        }
        if (OCTAL.matcher(text).matches()) {
            return whole(digits, "0", 8);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return whole(digits, "0x", 16);
        }
        if (isSexagesimal(text)) {
            return Optional.of(sexagesimal(digits));
        }
        if (FLOATING.matcher(text).matches() || POINT_FIRST.matcher(text).matches()) {
            int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
            return exponent >= 0 && digits.length() - exponent > EXPONENT_DIGITS_MAX + 2
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(digits));
        }
        return Optional.empty();
    }

    /// A whole one begins with 1 to 9, so that a time such as 09:30 stays text.
    private static boolean isSexagesimal(String text) {
        return SEXAGESIMAL.matcher(text).matches()
                && (text.indexOf('.') >= 0 || text.replaceFirst("[-+]", "").charAt(0) != '0');
    }

    private static Optional<BigDecimal> whole(String digits, String prefix, int radix) {
        boolean negative = digits.startsWith("-");
        String unsigned = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        String significant = unsigned.substring(prefix.length());
        if (significant.isEmpty()) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(significant, radix);
        return Optional.of(new BigDecimal(negative ? value.negate() : value));
    }

    private static BigDecimal sexagesimal(String digits) {
        boolean negative = digits.startsWith("-");
        String unsigned = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        BigDecimal value = BigDecimal.ZERO;
        for (String part : unsigned.split(":", -1)) {
            value =
                    value.multiply(BigDecimal.valueOf(SIXTY))
                            .add(new BigDecimal(part.endsWith(".") ? part + "0" : part));
        }
        return negative ? value.negate() : value;
    }
}
