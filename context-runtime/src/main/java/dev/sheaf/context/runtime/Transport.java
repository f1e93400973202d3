package dev.sheaf.context.runtime;

import dev.sheaf.kernel.RegionName;

import java.time.Duration;
import java.util.Optional;

/// The links to the other regions, as the runtime needs them. Frames of a link arrive whole and in
/// order, or the link goes down. None of the methods blocks, and any thread may call them.
///
/// What comes back: [ContextRuntime#linkUp], [ContextRuntime#frame], [ContextRuntime#writable],
/// [ContextRuntime#linkDown].
public interface Transport {
    /// @return false when there is no link, or no room: nothing was taken then; after a lack of
    ///   room `writable` follows
    boolean send(RegionName peer, byte[] frame);

    /// Delivers no more frames of this peer until [#resume]; it is slowed down, not cut off.
    void pause(RegionName peer);

    void resume(RegionName peer);

    /// The link's measured round trip, if there is one.
    Optional<Duration> roundTrip(RegionName peer);

    /// Ends the link; it is dialed again later.
    void close(RegionName peer, String reason);
}
