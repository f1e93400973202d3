package dev.sheaf.node.runs;

import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Names of runs: 12 hexadecimal digits of milliseconds since 1970, then 8 of chance; in the order
/// of time, and safe in a path.
public final class RunIds {
    private final Clock clock;
    private final RandomGenerator random;

    public RunIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        String time = HexFormat.of().toHexDigits(clock.millis(), 12);
        return time + HexFormat.of().toHexDigits(random.nextInt());
    }
}
