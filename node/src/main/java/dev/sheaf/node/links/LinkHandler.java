package dev.sheaf.node.links;

/// What links call. For each link the calls come one at a time: first `up`, then any number of
/// `frame` and `writable`, last `down`; different links call concurrently.
///
/// The caller is a thread of the transport or a timer: a handler must not block. Who cannot take
/// more frames pauses the link. A handler that throws loses the link.
public interface LinkHandler {
    void up(Link link);

    /// @param frame belongs to the handler
    void frame(Link link, byte[] frame);

    /// There is room again after a `send` that found none.
    void writable(Link link);

    /// @param reason for people
    void down(Link link, String reason);
}
