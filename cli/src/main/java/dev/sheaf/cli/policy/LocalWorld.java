package dev.sheaf.cli.policy;

import dev.sheaf.rego.builtin.Expressions;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.value.ObjectValue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What policies see of this machine: its clock and randomness.
final class LocalWorld {
    private static final long SECOND_NANOS = 1_000_000_000;

    private LocalWorld() {}

    /// @param notes takes lines of `print` and `trace`
    static FixedSurroundings.World of(Consumer<String> notes) {
        return new FixedSurroundings.World(
                new SecureRandom(),
                new Expressions(),
                Optional.empty(),
                Optional.empty(),
                ObjectValue.EMPTY,
                notes);
    }

    /// Nanoseconds since 1970.
    static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
