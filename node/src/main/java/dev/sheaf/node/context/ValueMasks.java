package dev.sheaf.node.context;

import dev.sheaf.governance.decision.Mask;
import dev.sheaf.governance.mask.Bucket;
import dev.sheaf.governance.mask.DateMask;
import dev.sheaf.governance.mask.HashMask;
import dev.sheaf.governance.mask.NumberMask;
import dev.sheaf.governance.mask.TextMask;
import dev.sheaf.governance.mask.TokenMask;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// Shows something in the place of a JSON value, of the value's own type: `spec/policy-input.md`.
/// What a mask is not for (a date of what is no date, a SQL expression) is null; so is an object or
/// an array as a whole, whose members and length would tell too much. For any thread.
public final class ValueMasks {
    /// One for all fields: equal values look equal wherever they are.
    private static final String SCOPE = "context";

    private static final int DIGITS = 64;
    private static final long WHOLE_MAX = Integer.MAX_VALUE;
    private static final int HEX = 16;
    private static final int HEX_OF_LONG = 15;

    /// Beyond them a number is not worth the work of dividing it.
    private static final int EXPONENT_MAX = 400;

    private final HashMask hash;
    private final TextMask token;

    /// @param key of the hashes, 64 hexadecimal digits or more
    public ValueMasks(String key) {
        byte[] bytes = HexFormat.of().parseHex(key);
        this.hash = new HashMask(bytes, SCOPE, DIGITS);
        byte[] tokenKey =
                HexFormat.of().parseHex(new HashMask(bytes, "key of tokens", DIGITS).mask(""));
        this.token =
                new TextMask(
                        new TokenMask(tokenKey, SCOPE),
                        new HashMask(bytes, SCOPE + " token", DIGITS));
    }

    JsonNode mask(Mask mask, JsonNode value) {
        if (value.isNull() || value.isContainer()) {
            return NullNode.getInstance();
        }
        return switch (mask) {
            case Mask.Nothing _, Mask.Sql _ -> NullNode.getInstance();
            case Mask.Fixed(String text) -> fixed(text, value);
            case Mask.Hash _ -> hashed(value);
            case Mask.Partial partial ->
                    value.isString()
                            ? StringNode.valueOf(partial(partial, value.stringValue()))
                            : NullNode.getInstance();
            case Mask.ToPeriod(String period) ->
                    value.isString()
                            ? period(
                                    DateMask.valueOf(period.toUpperCase(java.util.Locale.ROOT)),
                                    value)
                            : NullNode.getInstance();
            case Mask.ToRange(BigDecimal width) -> range(width, value);
            case Mask.Tokenise _ ->
                    value.isString()
                            ? StringNode.valueOf(token.mask(value.stringValue()))
                            : NullNode.getInstance();
        };
    }

    private static JsonNode fixed(String text, JsonNode value) {
        if (value.isString()) {
            return StringNode.valueOf(text);
        }
        if (value.isBoolean()) {
            return text.equals("true") || text.equals("false")
                    ? BooleanNode.valueOf(text.equals("true"))
                    : NullNode.getInstance();
        }
        try {
            return number(new BigDecimal(text));
        } catch (NumberFormatException _) {
            // The text is of another type than the value, so nothing is shown.
            return NullNode.getInstance();
        }
    }

    private JsonNode hashed(JsonNode value) {
        if (value.isString()) {
            return StringNode.valueOf(hash.mask(value.stringValue()));
        }
        if (!value.isNumber() || isFar(value)) {
            return NullNode.getInstance();
        }
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        return number.scale() > 0
                ? NullNode.getInstance()
                : LongNode.valueOf(
                        Long.parseLong(
                                        hash.mask(number.toBigInteger().toString())
                                                .substring(0, HEX_OF_LONG),
                                        HEX)
                                % WHOLE_MAX);
    }

    /// As in statements: stars for what is not kept, and for all where nothing would be covered.
    private static String partial(Mask.Partial mask, String text) {
        int[] points = text.codePoints().toArray();
        int head = Math.min(mask.first(), points.length);
        int found = mask.from().isEmpty() ? -1 : text.indexOf(mask.from());
        int tail =
                found >= 0
                        ? text.codePointCount(found, text.length())
                        : Math.min(mask.last(), points.length);
        boolean covers = points.length > head + tail;
        for (int i = covers ? head : 0; i < (covers ? points.length - tail : points.length); i++) {
            points[i] = '*';
        }
        return new String(points, 0, points.length);
    }

    private static JsonNode period(DateMask mask, JsonNode value) {
        String text = value.stringValue();
        try {
            return StringNode.valueOf(
                    text.indexOf('T') < 0
                            ? mask.mask(LocalDate.parse(text)).toString()
                            : period(mask, OffsetDateTime.parse(text)));
        } catch (DateTimeException _) {
            // It is no date, so it has no period.
            return NullNode.getInstance();
        }
    }

    private static String period(DateMask mask, OffsetDateTime time) {
        return mask.mask(time.toLocalDateTime())
                .atOffset(time.getOffset())
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static JsonNode range(BigDecimal width, JsonNode value) {
        if (!value.isNumber() || isFar(value)) {
            return NullNode.getInstance();
        }
        Bucket bucket = new NumberMask.Width(width, BigDecimal.ZERO).mask(value.decimalValue());
        return switch (bucket) {
            case Bucket.Between(BigDecimal lower, BigDecimal _) -> number(lower);
            case Bucket.Below _, Bucket.From _ -> NullNode.getInstance();
        };
    }

    private static boolean isFar(JsonNode number) {
        if (number.isFloatingPointNumber()
                && !number.isBigDecimal()
                && !Double.isFinite(number.doubleValue())) {
            return true;
        }
        BigDecimal value = number.decimalValue();
        return Math.abs((long) value.precision() - value.scale()) > EXPONENT_MAX
                || Math.abs((long) value.scale()) > EXPONENT_MAX;
    }

    private static JsonNode number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - plain.scale() <= HEX_OF_LONG
                ? LongNode.valueOf(plain.longValueExact())
                : DecimalNode.valueOf(plain);
    }
}
