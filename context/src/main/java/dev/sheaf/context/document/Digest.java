package dev.sheaf.context.document;

import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// 64-bit hashes of JSON by value and of what documents hold. The same on every machine and in
/// every version 1 implementation: `spec/context.md`, section 6.7.
final class Digest {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    static final long MAP = 1;
    static final long LIST = 2;
    static final long SET = 3;
    static final long TEXT = 4;
    static final long COUNTER = 5;
    static final long VALUES = 6;
    private static final long STRING = 7;
    private static final long WHOLE = 8;
    private static final long DECIMAL = 9;
    private static final long OTHER = 10;

    private Digest() {}

    /// The finaliser of MurmurHash3.
    static long mix(long value) {
        long x = value;
        x ^= x >>> 33;
        x *= 0xff51afd7ed558ccdL;
        x ^= x >>> 33;
        x *= 0xc4ceb9fe1a85ec53L;
        x ^= x >>> 33;
        return x;
    }

    /// Tells kinds of content apart.
    static long tagged(long tag, long hash) {
        return mix(hash * PRIME + tag);
    }

    /// What a member adds to its object's hash; members are summed.
    static long member(long key, long content) {
        return mix(key * PRIME + content);
    }

    /// The hash of a sequence of which another hash is the next.
    static long then(long sequence, long next) {
        return (sequence ^ next) * PRIME + (sequence >>> 47);
    }

    static long start() {
        return OFFSET;
    }

    /// FNV-1a over UTF-16 code units.
    static long string(String text) {
        long hash = OFFSET;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * PRIME;
        }
        return hash;
    }

    static long register(JsonNode value) {
        return tagged(VALUES, value(value));
    }

    /// Equal values count once, as they show the same.
    static long siblings(List<Register> registers) {
        Set<Long> distinct = new HashSet<>();
        for (Register register : registers) {
            distinct.add(value(register.value));
        }
        long sum = 0;
        for (long hash : distinct) {
            sum += distinct.size() == 1 ? hash : mix(hash);
        }
        return tagged(VALUES, sum);
    }

    static long value(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                long sum = 0;
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    sum += member(string(member.getKey()), value(member.getValue()));
                }
                yield tagged(MAP, sum);
            }
            case ArrayNode array -> {
                long hash = OFFSET;
                for (JsonNode element : array) {
                    hash = then(hash, value(element));
                }
                yield tagged(LIST, hash);
            }
            default -> scalar(value);
        };
    }

    private static long scalar(JsonNode value) {
        if (value.isString()) {
            return tagged(STRING, string(value.stringValue()));
        }
        if (!value.isNumber()) {
            return tagged(OTHER, value.isBoolean() ? value.booleanValue() ? 2 : 1 : 0);
        }
        if (JsonValues.isLong(value)) {
            return tagged(WHOLE, value.longValue());
        }
        return JsonValues.isFinite(value)
                ? number(value.decimalValue())
                : tagged(STRING, string(value.asString()));
    }

    static long number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        boolean whole =
                plain.scale() <= 0
                        && plain.compareTo(LONG_MIN) >= 0
                        && plain.compareTo(LONG_MAX) <= 0;
        return whole
                ? tagged(WHOLE, plain.longValueExact())
                : tagged(DECIMAL, string(plain.toString()));
    }
}
