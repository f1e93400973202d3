package dev.sheaf.context.runtime;

import java.time.Duration;
import java.util.Optional;

/// A live link to another region, as the runtime needs it. Frames arrive whole and in order, or the
/// link goes down and does not come back: the next one is another link. None of the methods blocks,
/// and any thread may call them, also after the link went down. Two are equal when they are of the
/// same link.
///
/// What comes back: [ContextRuntime#linkUp], [ContextRuntime#frame], [ContextRuntime#writable],
/// [ContextRuntime#linkDown].
public interface PeerLink {
    /// @return false when the link is down, or has no room: nothing was taken then; after a lack of
    ///   room `writable` follows
    boolean send(byte[] frame);

    /// Delivers no more frames until [#resume]; the peer is slowed down, not cut off.
    void pause();

    void resume();

    /// The measured round trip, if there is one.
    Optional<Duration> roundTrip();

    /// Ends the link; the peer is dialed again later.
    void close(String reason);
}
