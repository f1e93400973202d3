package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Measures a group's transfers, from link to link: what comes once a node has caught up costs a
/// look at an empty map. For the group's thread.
final class TransferWatch {
    private final GroupId id;
    private final TransferHook hook;
    private final ToIntFunction<Event> size;
    private final Map<RegionName, Running> catchUps = new HashMap<>();
    private @Nullable Running state;

    private static final class Running {
        private final long beganNanos;
        private long items;
        private long bytes;

        Running(long beganNanos) {
            this.beganNanos = beganNanos;
        }
    }

    /// @param size of an event, in bytes
    TransferWatch(GroupId id, TransferHook hook, ToIntFunction<Event> size) {
        this.id = id;
        this.hook = hook;
        this.size = size;
    }

    void linkUp(RegionName peer, long nowNanos) {
        if (hook.isHeard()) {
            catchUps.put(peer, new Running(nowNanos));
        }
    }

    void linkDown(RegionName peer, long nowNanos) {
        Running running = catchUps.remove(peer);
        if (running != null) {
            ended(Transfer.Kind.CATCH_UP, peer, running, nowNanos, false);
        }
    }

    void events(RegionName peer, List<Event> events) {
        if (catchUps.isEmpty()) {
            return;
        }
        Running running = catchUps.get(peer);
        if (running != null) {
            running.items += events.size();
            events.forEach(event -> running.bytes += size.applyAsInt(event));
        }
    }

    /// @param theirs what the peer has said that it has
    /// @param ours what is applied here
    void marked(RegionName peer, VersionVector theirs, VersionVector ours, long nowNanos) {
        if (catchUps.isEmpty()) {
            return;
        }
        Running running = catchUps.get(peer);
        if (running != null && ours.covers(theirs)) {
            catchUps.remove(peer);
            ended(Transfer.Kind.CATCH_UP, peer, running, nowNanos, true);
        }
    }

    void statePart(int index, int bytes, long nowNanos) {
        Running running = state;
        if (index == 0) {
            running = hook.isHeard() ? new Running(nowNanos) : null;
            state = running;
        }
        if (running != null) {
            running.items++;
            running.bytes += bytes;
        }
    }

    void stateInstalled(RegionName peer, long nowNanos) {
        Running running = state;
        state = null;
        if (running != null) {
            ended(Transfer.Kind.STATE, peer, running, nowNanos, true);
        }
    }

    private void ended(
            Transfer.Kind kind, RegionName peer, Running running, long nowNanos, boolean isWhole) {
        if (running.items > 0) {
            hook.ended(
                    new Transfer(
                            kind,
                            peer,
                            id.scope(),
                            id.shard(),
                            running.items,
                            running.bytes,
                            Duration.ofNanos(nowNanos - running.beganNanos),
                            isWhole));
        }
    }
}
