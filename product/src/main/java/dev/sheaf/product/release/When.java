package dev.sheaf.product.release;

import java.time.Instant;

/// Which release is meant.
public sealed interface When {
    /// What readers see now.
    record Now() implements When {}

    record Number(long release) implements When {}

    /// What readers saw at that instant, rollbacks taken into account.
    record At(Instant instant) implements When {}
}
