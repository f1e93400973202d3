package dev.sheaf.node.context;

import dev.sheaf.kernel.RegionName;

import java.time.Duration;

/// Disturbs this node's side of links on purpose, to see what the mesh makes of it. There is one in
/// development mode only. For any thread.
public interface LinkFaultSwitch {
    /// Which frames a cut holds up, as this node sees it.
    enum Direction {
        IN,
        OUT,
        BOTH
    }

    /// Lets no frame through until it is healed.
    void cut(RegionName region, Direction direction);

    /// Ends every disturbance of the link.
    void heal(RegionName region);

    /// Holds up each frame that this node sends.
    ///
    /// @param delay the least
    /// @param jitter up to so much more, at random
    void delay(RegionName region, Duration delay, Duration jitter);
}
