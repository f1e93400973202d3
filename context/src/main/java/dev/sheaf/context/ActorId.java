package dev.sheaf.context;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

/// Who writes a stream of events: a region in one of its epochs. A region that lost its state or
/// was evicted comes back under a higher epoch, so that no sequence number is ever used twice.
///
/// @param epoch from 1
public record ActorId(RegionName region, int epoch) implements Comparable<ActorId> {
    public ActorId {
        if (epoch < 1) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "epoch " + epoch + " of " + region + " is below 1");
        }
    }

    /// By region, then epoch: the order that breaks ties between concurrent writes, the same
    /// everywhere.
    @Override
    public int compareTo(ActorId other) {
        int byRegion = region.compareTo(other.region);
        return byRegion != 0 ? byRegion : Integer.compare(epoch, other.epoch);
    }

    /// `region#epoch`, for example `aws/us-east-1#1`.
    @Override
    public String toString() {
        return region + "#" + epoch;
    }

    /// Reads [#toString()].
    ///
    /// @throws Problem INVALID_VALUE when the text has another form
    public static ActorId parse(String text) {
        int hash = text.indexOf('#');
        try {
            if (hash > 0) {
                return new ActorId(
                        RegionName.parse(text.substring(0, hash)),
                        Integer.parseInt(text.substring(hash + 1)));
            }
        } catch (NumberFormatException e) {
            throw unreadable(text, e);
        }
        throw unreadable(text, null);
    }

    private static Problem unreadable(
            String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "'" + text + "' is not an actor: write region#epoch, as in aws/us-east-1#1",
                cause);
    }
}
