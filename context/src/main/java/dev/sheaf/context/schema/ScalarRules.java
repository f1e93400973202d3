package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Keywords about single values.
final class ScalarRules {
    private static final int LISTED_MAX = 20;

    private ScalarRules() {}

    /// `enum`, and `const` as one of a single value.
    record OneOfValues(String keyword, List<JsonNode> values, Set<String> strings)
            implements Rule.Plain {
        static OneOfValues of(String keyword, List<JsonNode> values) {
            Set<String> strings = new HashSet<>();
            values.stream()
                    .filter(JsonNode::isString)
                    .forEach(value -> strings.add(value.stringValue()));
            return new OneOfValues(keyword, List.copyOf(values), Set.copyOf(strings));
        }

        @Override
        public boolean holds(JsonNode value) {
            if (value.isString()) {
                return strings.contains(value.stringValue());
            }
            for (JsonNode allowed : values) {
                if (JsonValues.equal(allowed, value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String message(JsonNode value) {
            String listed =
                    values.stream()
                            .limit(LISTED_MAX)
                            .map(JsonNode::toString)
                            .map(JsonValues::shown)
                            .collect(Collectors.joining(", "));
            return "is "
                    + JsonValues.shown(value)
                    + "; allowed: "
                    + listed
                    + (values.size() > LISTED_MAX
                            ? " and " + (values.size() - LISTED_MAX) + " more"
                            : "");
        }
    }

    /// `minimum`, `maximum` and the exclusive ones.
    ///
    /// @param whole the limit as a long where it is one, so that most values need no decimals
    record Bound(
            String keyword,
            boolean upper,
            boolean exclusive,
            BigDecimal limit,
            long whole,
            boolean isWhole)
            implements Rule.Plain {
        static Bound of(String keyword, JsonNode limit) {
            boolean isWhole = JsonValues.isLong(limit);
            return new Bound(
                    keyword,
                    keyword.endsWith("aximum"),
                    keyword.startsWith("exclusive"),
                    limit.decimalValue(),
                    isWhole ? limit.longValue() : 0,
                    isWhole);
        }

        @Override
        public boolean holds(JsonNode value) {
            if (!value.isNumber()) {
                return true;
            }
            int order =
                    isWhole && JsonValues.isLong(value)
                            ? Long.compare(value.longValue(), whole)
                            : value.decimalValue().compareTo(limit);
            return order == 0 ? !exclusive : order < 0 == upper;
        }

        @Override
        public String message(JsonNode value) {
            return "is "
                    + JsonValues.shown(value)
                    + ", which must be "
                    + (upper ? "below " : "above ")
                    + limit
                    + (exclusive ? "" : " or equal to it");
        }
    }

    /// `multipleOf`, exactly: by remainders of whole numbers, whatever the exponents.
    record MultipleOf(BigDecimal divisor) implements Rule.Plain {
        @Override
        public String keyword() {
            return "multipleOf";
        }

        @Override
        public boolean holds(JsonNode value) {
            return !value.isNumber() || divides(divisor, value.decimalValue());
        }

        private static boolean divides(BigDecimal divisor, BigDecimal value) {
            BigInteger number = value.unscaledValue();
            BigInteger modulus = divisor.unscaledValue();
            long shift = (long) divisor.scale() - value.scale();
            if (number.signum() == 0) {
                return true;
            }
            if (shift >= 0) {
                BigInteger power = BigInteger.TEN.modPow(BigInteger.valueOf(shift), modulus);
                return number.multiply(power).mod(modulus).signum() == 0;
            }
            return -shift <= value.precision()
                    && number.mod(modulus.multiply(BigInteger.TEN.pow((int) -shift))).signum() == 0;
        }

        @Override
        public String message(JsonNode value) {
            return "is " + JsonValues.shown(value) + ", which must be a multiple of " + divisor;
        }
    }

    /// `minLength` and `maxLength`, in Unicode code points.
    record Length(String keyword, long limit) implements Rule.Plain {
        @Override
        public boolean holds(JsonNode value) {
            if (!value.isString()) {
                return true;
            }
            String text = value.stringValue();
            int units = text.length();
            if (keyword.equals("maxLength")) {
                return units <= limit
                        || (units + 1) / 2 <= limit && text.codePointCount(0, units) <= limit;
            }
            return units >= limit && text.codePointCount(0, units) >= limit;
        }

        @Override
        public String message(JsonNode value) {
            String text = value.stringValue();
            return "has "
                    + text.codePointCount(0, text.length())
                    + " characters; "
                    + (keyword.equals("maxLength") ? "at most " : "at least ")
                    + limit
                    + " are allowed";
        }
    }

    /// `pattern`.
    record Matching(TextPattern pattern) implements Rule.Plain {
        @Override
        public String keyword() {
            return "pattern";
        }

        @Override
        public boolean holds(JsonNode value) {
            return !value.isString() || pattern.matches(value.stringValue());
        }

        @Override
        public String message(JsonNode value) {
            return "is " + JsonValues.shown(value) + ", which must match " + pattern.written();
        }
    }

    /// `format`, of those that are asserted.
    record Formatted(Format format) implements Rule.Plain {
        @Override
        public String keyword() {
            return "format";
        }

        @Override
        public boolean holds(JsonNode value) {
            return !value.isString() || format.matches(value.stringValue());
        }

        @Override
        public String message(JsonNode value) {
            return "is "
                    + JsonValues.shown(value)
                    + ", which must be a "
                    + format.written()
                    + ", as in "
                    + format.example();
        }
    }
}
