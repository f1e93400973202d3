package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Lane;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;
import dev.sheaf.kernel.RegionName;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/// The other regions of the mesh and what is to be sent to them. For any thread.
final class Peers {
    private final Map<RegionName, Outbox> outboxes = new ConcurrentSkipListMap<>();
    private final Map<RegionName, LinkMeter> meters = new ConcurrentSkipListMap<>();
    private final Holds holds = new Holds();
    private final ActorTable actors;
    private final Dictionaries dictionaries;

    Peers(Set<RegionName> others, ActorTable actors, Dictionaries dictionaries) {
        this.actors = actors;
        this.dictionaries = dictionaries;
        others.forEach(this::add);
    }

    /// From now on this one too; one that is known stays as it is.
    synchronized void add(RegionName region) {
        if (outboxes.containsKey(region)) {
            return;
        }
        LinkMeter meter = new LinkMeter();
        meters.put(region, meter);
        outboxes.put(
                region,
                new Outbox(actors, dictionaries, meter, scope -> holds.isHeld(region, scope)));
    }

    /// What is held back from whom.
    Holds holds() {
        return holds;
    }

    Set<RegionName> regions() {
        return outboxes.keySet();
    }

    Optional<Outbox> outbox(RegionName region) {
        return Optional.ofNullable(outboxes.get(region));
    }

    LinkMeter meter(RegionName region) {
        LinkMeter meter = meters.get(region);
        if (meter == null) {
            throw new IllegalArgumentException(region + " is not a peer");
        }
        return meter;
    }

    /// Forgotten when there is no link.
    void send(RegionName to, GroupId group, Message message, long nowNanos, Lane groupLane) {
        Outbox outbox = outboxes.get(to);
        if (outbox != null) {
            outbox.add(group, message, nowNanos, Outbox.laneOf(message, groupLane));
        }
    }

    /// Sends what is due to anyone.
    ///
    /// @return when to call again, by the monotonic clock
    long flushDue(long nowNanos) {
        long next = Long.MAX_VALUE;
        for (Outbox outbox : outboxes.values()) {
            next = Math.min(next, outbox.flushDue(nowNanos));
        }
        return next;
    }
}
