package dev.sheaf.context.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers by value: one node for each number, whatever its spelling was.
public final class JsonNumbers {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final double EXACT_MAX = 1L << 53;

    private JsonNumbers() {}

    /// The same number as a whole number where it is one, else as a double where the double's
    /// shortest decimal form is exactly it, else as a decimal.
    public static JsonNode canonical(JsonNode number) {
        if (number.isInt() || number.isLong()) {
            return number;
        }
        if (number.isDouble() || number.isFloat()) {
            double value = number.doubleValue();
            return Math.rint(value) == value && Math.abs(value) <= EXACT_MAX
                    ? JsonNodeFactory.instance.numberNode((long) value)
                    : number.isDouble() ? number : DoubleNode.valueOf(value);
        }
        return canonical(number.decimalValue());
    }

    /// As [#canonical(JsonNode)], from a decimal.
    public static JsonNode canonical(BigDecimal number) {
        if (number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0) {
            if (number.precision() - (long) number.scale() > 400) {
                return DecimalNode.valueOf(number);
            }
            BigInteger whole = number.toBigInteger();
            boolean fits = whole.compareTo(LONG_MIN) >= 0 && whole.compareTo(LONG_MAX) <= 0;
            return fits
                    ? JsonNodeFactory.instance.numberNode(whole.longValueExact())
                    : DecimalNode.valueOf(new BigDecimal(whole));
        }
        double value = number.doubleValue();
        return Double.isFinite(value) && BigDecimal.valueOf(value).compareTo(number) == 0
                ? DoubleNode.valueOf(value)
                : DecimalNode.valueOf(number);
    }
}
