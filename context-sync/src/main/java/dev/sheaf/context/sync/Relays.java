package dev.sheaf.context.sync;

import dev.sheaf.kernel.RegionName;

/// Who may pass on whose events.
@FunctionalInterface
public interface Relays {
    /// Whether `relay` sees everything of the group that `to` may see, so that `to` may take other
    /// regions' events, or a state, from it. Must give the same answer whenever asked.
    boolean mayRelay(RegionName relay, RegionName to);
}
