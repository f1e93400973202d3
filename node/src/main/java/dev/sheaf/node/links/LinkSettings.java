package dev.sheaf.node.links;

import dev.sheaf.kernel.ByteSize;

import java.time.Duration;

/// The bounds of every link.
///
/// @param outgoingMax what one link queues for its peer
/// @param heldMax what one link holds of received frames whose delivery is delayed; a frame more
///   can be under way
/// @param pulseInterval between two signs of life
/// @param silenceMax without a sign of life, after which a link is given up; also how long dialing
///   may take
public record LinkSettings(
        ByteSize outgoingMax, ByteSize heldMax, Duration pulseInterval, Duration silenceMax) {
    public static final LinkSettings DEFAULTS =
            new LinkSettings(
                    ByteSize.ofMebibytes(8),
                    ByteSize.ofMebibytes(8),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5));

    /// @throws IllegalArgumentException when a link could never live
    public LinkSettings {
        if (!pulseInterval.isPositive() || silenceMax.compareTo(pulseInterval) <= 0) {
            throw new IllegalArgumentException(
                    "silence of " + silenceMax + " is not longer than a pulse, " + pulseInterval);
        }
    }
}
