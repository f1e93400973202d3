package dev.sheaf.client;

import java.util.Optional;
import java.util.OptionalLong;

/// A fault of one node's side of a link.
///
/// @param action `cut`, `heal` or `delay`
/// @param direction of a cut: `in`, `out` or `both`; both when empty
public record LinkFault(
        String action, Optional<String> direction, OptionalLong delayMs, OptionalLong jitterMs) {
    public static LinkFault cut(String direction) {
        return new LinkFault(
                "cut", Optional.of(direction), OptionalLong.empty(), OptionalLong.empty());
    }

    public static LinkFault heal() {
        return new LinkFault("heal", Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    public static LinkFault delay(long delayMs, long jitterMs) {
        return new LinkFault(
                "delay", Optional.empty(), OptionalLong.of(delayMs), OptionalLong.of(jitterMs));
    }
}
