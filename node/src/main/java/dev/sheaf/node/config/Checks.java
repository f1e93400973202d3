package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;

/// What constructors of configuration demand of single values.
final class Checks {
    private Checks() {}

    static void atLeast(String key, long value, long min) {
        if (value < min) {
            throw wrong(key, value, "at least " + min);
        }
    }

    static void atMost(String key, ByteSize value, ByteSize max) {
        if (value.compareTo(max) > 0) {
            throw wrong(key, value, "at most " + max);
        }
    }

    static void positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw wrong(key, value.toMillis() + " ms", "longer than nothing");
        }
    }

    private static Problem wrong(String key, Object value, String allowed) {
        return new Problem(
                ProblemCode.INVALID_VALUE, key + " is " + value + "; it must be " + allowed);
    }
}
