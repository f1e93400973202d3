package dev.sheaf.node.links;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;

/// What all links of a node share.
///
/// @param timer runs what is delayed and looks for silence; its tasks are short
/// @param clock by which certificates are out of date
public record LinkRoom(
        LinkSettings settings,
        LinkIdentity identity,
        LinkFaults faults,
        LinkCounters counters,
        ScheduledExecutorService timer,
        Clock clock) {}
