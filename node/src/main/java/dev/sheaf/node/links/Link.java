package dev.sheaf.node.links;

import dev.sheaf.kernel.RegionName;

/// One live stream of frames with one peer. Frames arrive whole, once and in the order in which
/// they were sent, or the link goes down; what was on its way then is lost.
///
/// All methods may be called by any thread and none of them blocks.
public interface Link {
    /// The longest frame that can be sent.
    int FRAME_BYTES_MAX = 64 << 20;

    RegionName peer();

    /// Whether this node dialed; false when the peer did.
    boolean outgoing();

    /// Queues a frame, which from then on belongs to the link and must not be changed.
    ///
    /// A frame longer than the whole queue is taken when nothing else is queued.
    ///
    /// @return false when the queue is full or the link is down; nothing is queued then. After a
    ///   full queue [LinkHandler#writable] is called once there is room
    /// @throws IllegalArgumentException when it is longer than [#FRAME_BYTES_MAX]
    boolean send(byte[] frame);

    /// Bytes that wait for the transport to take them.
    long queuedBytes();

    /// Delivers no more frames until [#resume]; the peer is slowed down, not cut off. At most a few
    /// frames that are under way already are held meanwhile.
    void pause();

    void resume();

    /// Ends the link; [LinkHandler#down] follows. What is queued is lost. A link that is down stays
    /// so.
    void close(String reason);

    LinkStatistics statistics();
}
