package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;

/// How statements are run.
public record QueryingConfig(
        @Setting(
                        value = "Time of a statement that does not say how long it may take.",
                        fallback = "60s")
                Duration timeoutDefault,
        @Setting(value = "The longest time that a statement may ask for.", fallback = "10m")
                Duration timeoutMax,
        @Setting(value = "Rows after which any result is cut off.", fallback = "10000000")
                long rowsMax,
        @Setting(value = "Size after which any result is refused.", fallback = "2GiB")
                ByteSize resultMax,
        @Setting(
                        value = "Memory of one statement; beyond it, it spills to disk.",
                        fallback = "1GiB")
                ByteSize memoryMax,
        @Setting(
                        value =
                                "Threads of one statement; 0 means as many as the machine has"
                                        + " processors.",
                        fallback = "0")
                int threads) {
    public QueryingConfig {
        Checks.positive("timeoutDefault", timeoutDefault);
        Checks.atLeast("rowsMax", rowsMax, 1);
        Checks.atLeast("threads", threads, 0);
        if (timeoutDefault.compareTo(timeoutMax) > 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "timeoutDefault is longer than timeoutMax");
        }
    }
}
