package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.Set;

/// Masks as policies say them, `spec/policy-input.md`.
final class MaskReader {
    private static final Set<String> PERIODS = Set.of("year", "quarter", "month", "day");
    private static final int CHARACTERS_MAX = 1_000;

    private MaskReader() {}

    /// @throws IllegalArgumentException when it is none
    static Mask read(String column, Value value) {
        if (!(value instanceof ObjectValue fields)) {
            throw wrong(column, "is no object with a kind");
        }
        return switch (text(fields, "kind", "")) {
            case "null" -> new Mask.Nothing();
            case "fixed" -> new Mask.Fixed(text(fields, "value", ""));
            case "hash" -> new Mask.Hash();
            case "tokenise" -> new Mask.Tokenise();
            case "partial" ->
                    new Mask.Partial(
                            count(column, fields, "keepFirst"),
                            count(column, fields, "keepLast"),
                            text(fields, "keepFrom", ""));
            case "generalise" -> generalised(column, fields);
            case "sql" -> {
                String expression = text(fields, "expression", "");
                if (expression.isBlank()) {
                    throw wrong(column, "has no expression");
                }
                yield new Mask.Sql(expression);
            }
            default ->
                    throw wrong(
                            column,
                            "has the kind "
                                    + fields.get("kind")
                                    + "; there are null, fixed, hash, tokenise, partial,"
                                    + " generalise and sql");
        };
    }

    private static Mask generalised(String column, ObjectValue fields) {
        if (fields.get("width") instanceof NumberValue width) {
            if (width.decimalValue().signum() <= 0) {
                throw wrong(column, "has a width of " + width + "; it must be positive");
            }
            return new Mask.ToRange(width.decimalValue());
        }
        String period = text(fields, "to", "");
        if (!PERIODS.contains(period)) {
            throw wrong(column, "generalises to '" + period + "'; there are " + PERIODS);
        }
        return new Mask.ToPeriod(period);
    }

    private static String text(ObjectValue fields, String name, String otherwise) {
        return fields.get(name) instanceof StringValue text ? text.value() : otherwise;
    }

    private static int count(String column, ObjectValue fields, String name) {
        Value value = fields.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof NumberValue number
                && number.isLong()
                && number.longValue() >= 0
                && number.longValue() <= CHARACTERS_MAX) {
            return (int) number.longValue();
        }
        throw wrong(column, "has " + name + " " + value + "; 0 to " + CHARACTERS_MAX);
    }

    private static IllegalArgumentException wrong(String column, String what) {
        return new IllegalArgumentException("the mask of column " + column + " " + what);
    }
}
