package dev.sheaf.context.type;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/// What a plain scalar means by the core schema of YAML 1.2 (section 10.3), without hexadecimal,
/// octal, infinity and not-a-number, which stay text.
final class YamlScalar {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,100}");
    private static final Pattern FRACTION =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?");
    private static final int NUMBER_CHARACTERS_MAX = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private YamlScalar() {}

    static JsonNode resolve(String text) {
        if (NULLS.contains(text)) {
            return NODES.nullNode();
        }
        if (TRUES.contains(text) || FALSES.contains(text)) {
            return NODES.booleanNode(TRUES.contains(text));
        }
        if (text.length() > NUMBER_CHARACTERS_MAX) {
            return NODES.stringNode(text);
        }
        if (WHOLE.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            boolean isLong = number.precision() <= 18;
            return isLong
                    ? NODES.numberNode(number.longValueExact())
                    : NODES.numberNode(number.toBigInteger());
        }
        return FRACTION.matcher(text).matches()
                ? NODES.numberNode(new BigDecimal(text))
                : NODES.stringNode(text);
    }
}
