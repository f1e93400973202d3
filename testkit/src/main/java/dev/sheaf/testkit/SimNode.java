package dev.sheaf.testkit;

import dev.sheaf.context.Hlc;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A region's node: its clocks, whether it is up, and its part in each group.
final class SimNode {
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    private static final double DRIFT = 0.0004;
    private static final long PEOPLE_NANOS = 3_600 * World.SECOND;

    final World world;
    final RegionName region;
    final int index;
    final List<SimGroup> groups = new ArrayList<>();
    boolean isUp;
    boolean isDiskFull;
    boolean isRemoved;
    long slowNanos;
    int starts;
    long wallSkewMillis;
    private double speed = 1;
    private long startedAt;
    private long clockBase;
    private long hlc;

    SimNode(World world, RegionName region, int index) {
        this.world = world;
        this.region = region;
        this.index = index;
    }

    /// The node's own monotonic clock: begins anywhere at each start, and runs a little too fast or
    /// too slow.
    long nanos() {
        return clockBase + (long) ((world.now() - startedAt) * speed);
    }

    long wallMillis() {
        return EPOCH_MILLIS + world.now() / World.MILLISECOND + wallSkewMillis;
    }

    long nextHlc() {
        hlc = Hlc.next(hlc, wallMillis());
        return hlc;
    }

    void sawHlc(long other) {
        hlc = Math.max(hlc, other);
    }

    void start() {
        isUp = true;
        starts++;
        startedAt = world.now();
        clockBase = world.between(0, PEOPLE_NANOS);
        speed = 1 + DRIFT * (2 * world.random.nextDouble() - 1);
        hlc = 0;
        groups.forEach(SimGroup::start);
    }

    void crash() {
        isUp = false;
        groups.forEach(SimGroup::crash);
    }

    @Nullable SimGroup groupOf(SimScope scope) {
        for (SimGroup group : groups) {
            if (group.scope == scope) {
                return group;
            }
        }
        return null;
    }

    void tick() {
        if (isUp) {
            groups.forEach(SimGroup::tick);
        }
    }
}
