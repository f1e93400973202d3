package dev.sheaf.context.translate;

import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// What value steps do to a value. What could not be given back is refused, unless the step is
/// declared lossy.
final class ValueChanges {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][-+]?\\d{1,4})?");
    private static final int NUMBER_CHARACTERS_MAX = 100;

    private ValueChanges() {}

    static JsonNode replace(TranslationStep.Replace step, JsonNode value) {
        if (!value.isString()) {
            return value;
        }
        String text = value.stringValue();
        String replaced = step.values().get(text);
        if (replaced != null) {
            return NODES.stringNode(replaced);
        }
        if (step.otherwise().isPresent()) {
            return NODES.stringNode(step.otherwise().get());
        }
        if (!step.lossy() && step.values().containsValue(text)) {
            throw refused(
                    step,
                    value,
                    "is one of the values that others are translated to, so it could not be told"
                            + " apart from them");
        }
        return value;
    }

    static JsonNode convert(TranslationStep.Convert step, JsonNode value) {
        if (is(step.to(), value) && !is(step.from(), value)) {
            if (step.lossy()) {
                return value;
            }
            throw refused(step, value, "is already of the type that it is to be converted to");
        }
        if (!is(step.from(), value)) {
            return value;
        }
        JsonNode converted = written(step, value);
        if (!step.lossy() && !JsonValues.equal(back(step.from(), converted), value)) {
            throw refused(
                    step,
                    value,
                    "would come back as " + JsonValues.shown(back(step.from(), converted)));
        }
        return converted;
    }

    private static boolean is(TranslationStep.ScalarType type, JsonNode value) {
        return switch (type) {
            case STRING -> value.isString();
            case NUMBER -> value.isNumber();
            case INTEGER -> value.isNumber() && isWhole(value.decimalValue());
            case BOOLEAN -> value.isBoolean();
        };
    }

    private static JsonNode written(TranslationStep.Convert step, JsonNode value) {
        String text = value.isString() ? value.stringValue() : CanonicalText.of(value);
        return switch (step.to()) {
            case STRING -> NODES.stringNode(text);
            case NUMBER -> number(step, value, text);
            case INTEGER -> {
                JsonNode number = number(step, value, text);
                if (!isWhole(number.decimalValue())) {
                    throw refused(step, value, "is not a whole number");
                }
                yield number;
            }
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw refused(step, value, "is neither true nor false");
                }
                yield NODES.booleanNode(text.equals("true"));
            }
        };
    }

    private static JsonNode back(TranslationStep.ScalarType type, JsonNode converted) {
        return type == TranslationStep.ScalarType.STRING && !converted.isString()
                ? NODES.stringNode(CanonicalText.of(converted))
                : type != TranslationStep.ScalarType.STRING && converted.isString()
                        ? parsed(converted.stringValue())
                        : converted;
    }

    private static JsonNode parsed(String text) {
        return text.equals("true") || text.equals("false")
                ? NODES.booleanNode(text.equals("true"))
                : numberOf(text);
    }

    private static JsonNode number(TranslationStep.Convert step, JsonNode value, String text) {
        if (text.length() > NUMBER_CHARACTERS_MAX || !NUMBER.matcher(text).matches()) {
            throw refused(step, value, "is not a number as JSON writes it");
        }
        return numberOf(text);
    }

    private static JsonNode numberOf(String text) {
        BigDecimal number = new BigDecimal(text);
        boolean isLong =
                isWhole(number) && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return isLong ? NODES.numberNode(number.longValueExact()) : NODES.numberNode(number);
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    static JsonNode wrap(JsonNode value) {
        return NODES.arrayNode().add(value);
    }

    static @Nullable JsonNode unwrap(TranslationStep.Unwrap step, JsonNode value) {
        if (value.isArray() && value.size() == 1) {
            return value.get(0);
        }
        if (!step.lossy()) {
            throw refused(step, value, "is not an array of one element");
        }
        if (!value.isArray()) {
            return value;
        }
        return value.isEmpty() ? null : value.get(0);
    }

    static Problem refused(TranslationStep step, JsonNode value, String reason) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                JsonValues.shown(value)
                        + " at "
                        + step.path()
                        + " cannot be translated to another version of its type: it "
                        + reason
                        + "; write the version that the value belongs to, or have the step declared"
                        + " lossy");
    }
}
