package dev.sheaf.testkit;

import dev.sheaf.context.sync.ReplicaState;

import java.util.ArrayList;
import java.util.List;

/// Breaks things, and mends them after a while. Which faults a run has, and how often, its seed
/// decides; so some runs are quiet and some are not.
final class SimFaults {
    private final Simulation simulation;
    private final World world;
    private final List<Fault> kinds = new ArrayList<>();
    private final long everyNanos;
    private boolean isOver;

    SimFaults(Simulation simulation) {
        this.simulation = simulation;
        this.world = simulation.world;
        this.everyNanos = world.between(100, 3_000) * World.MILLISECOND;
        for (Fault fault : Fault.values()) {
            if (world.chance(0.6)) {
                kinds.add(fault);
            }
        }
    }

    private enum Fault {
        BREAK_LINK,
        CUT_ONE_WAY,
        CUT_BOTH_WAYS,
        PARTITION,
        ISOLATE_LONG,
        CRASH,
        CRASH_ALL,
        STEP_CLOCK,
        FAR_CLOCK,
        SLOW,
        FILL_DISK,
        LOSE_DISK,
        CHECKPOINT,
        REMOVE_LINK,
        ADD_MEMBER,
        REMOVE_MEMBER
    }

    void begin() {
        if (!kinds.isEmpty()) {
            world.after(world.random.nextLong(2 * everyNanos), this::next);
        }
    }

    private void next() {
        if (isOver) {
            return;
        }
        Fault fault = world.any(kinds);
        happen(fault);
        world.after(world.random.nextLong(2 * everyNanos), this::next);
    }

    private SimNode anyNode() {
        return world.any(world.nodes);
    }

    private SimNetwork.SimLink anyLink() {
        return world.any(simulation.network().all());
    }

    private void later(long least, long most, Runnable what) {
        world.after(
                world.between(least, most) * World.MILLISECOND,
                () -> {
                    if (!isOver) {
                        what.run();
                    }
                });
    }

    private void happen(Fault fault) {
        world.tally.count("fault " + fault);
        switch (fault) {
            case BREAK_LINK -> simulation.network().drop(anyLink());
            case CUT_ONE_WAY -> {
                SimNetwork.SimLink link = anyLink();
                cutFor(link, world.chance(0.5) ? link.one : link.other, 100, 5_000);
            }
            case CUT_BOTH_WAYS -> {
                SimNetwork.SimLink link = anyLink();
                cutFor(link, link.one, 100, 5_000);
                cutFor(link, link.other, 100, 5_000);
            }
            case PARTITION -> partition();
            case ISOLATE_LONG -> isolate(anyNode(), 5_000, 20_000);
            case CRASH -> crash(anyNode());
            case CRASH_ALL -> {
                if (world.chance(0.2)) {
                    world.nodes.forEach(this::crash);
                }
            }
            case STEP_CLOCK -> anyNode().wallSkewMillis = world.between(-20_000, 20_000);
            case FAR_CLOCK -> farClock(anyNode());
            case SLOW -> slow(anyNode());
            case FILL_DISK -> fill(anyNode());
            case LOSE_DISK -> loseDisk();
            case CHECKPOINT -> anyNode().groups.forEach(SimGroup::checkpoint);
            case REMOVE_LINK -> removeLink();
            case ADD_MEMBER -> addMember();
            case REMOVE_MEMBER -> removeMember();
        }
    }

    private void cutFor(SimNetwork.SimLink link, SimNode toward, long least, long most) {
        simulation.network().cut(link, toward, true);
        later(least, most, () -> simulation.network().cut(link, toward, false));
    }

    private void partition() {
        long most = world.between(500, 8_000);
        List<SimNode> left = new ArrayList<>();
        for (SimNode node : world.nodes) {
            if (world.chance(0.5)) {
                left.add(node);
            }
        }
        for (SimNetwork.SimLink link : simulation.network().all()) {
            if (left.contains(link.one) != left.contains(link.other)) {
                cutFor(link, link.one, most, most);
                cutFor(link, link.other, most, most);
            }
        }
    }

    private void isolate(SimNode node, long least, long most) {
        long millis = world.between(least, most);
        for (SimNode peer : world.nodes) {
            if (peer != node) {
                SimNetwork.SimLink link = simulation.network().link(node, peer);
                cutFor(link, link.one, millis, millis);
                cutFor(link, link.other, millis, millis);
            }
        }
    }

    /// The power of a node fails.
    void crash(SimNode node) {
        if (!node.isUp) {
            return;
        }
        world.tally.count("node crashed");
        node.crash();
        simulation.network().gone(node);
        long most = world.chance(0.1) ? 15_000 : 2_000;
        later(10, most, () -> restart(node));
    }

    private void restart(SimNode node) {
        if (!node.isUp && !node.isRemoved) {
            node.isDiskFull = false;
            node.start();
            simulation.network().back(node);
        }
    }

    private void farClock(SimNode node) {
        node.wallSkewMillis = world.between(-200_000, 200_000);
        later(500, 3_000, () -> node.wallSkewMillis = 0);
    }

    private void slow(SimNode node) {
        node.slowNanos = world.between(1, 8) * World.MILLISECOND;
        later(500, 5_000, () -> node.slowNanos = 0);
    }

    private void fill(SimNode node) {
        node.isDiskFull = true;
        later(200, 5_000, () -> crash(node));
    }

    /// Only where all members see everything: of a stream whose origin is gone for good, a redacted
    /// copy is of no use to others.
    private void loseDisk() {
        SimNode node = anyNode();
        boolean fits =
                node.groups.stream()
                        .allMatch(group ->
                                group.scope.redacted.isEmpty() && someOtherHasState(group));
        boolean isNeeded =
                node.index == 0
                        && simulation.network().all().stream().anyMatch(link -> !link.exists);
        if (fits && !isNeeded && node.isUp && world.chance(0.3)) {
            crash(node);
            node.groups.forEach(SimGroup::loseDisk);
        }
    }

    private boolean isEverybodysMember(SimGroup group) {
        if (!group.isMember()) {
            return false;
        }
        for (SimNode other : world.nodes) {
            SimGroup there = other.groupOf(group.scope);
            if (there != null && !other.isRemoved && !there.holdsActive(group.actor())) {
                return false;
            }
        }
        return true;
    }

    private boolean someOtherHasState(SimGroup group) {
        for (SimNode other : world.nodes) {
            SimGroup there = other.groupOf(group.scope);
            if (there != null && there != group && !other.isRemoved && there.hasState()) {
                return true;
            }
        }
        return false;
    }

    /// A pair that will never have a link again; the first region keeps all of its own, and its
    /// state, so that the others can still talk through it.
    private void removeLink() {
        SimNetwork.SimLink link = anyLink();
        boolean isRelayed =
                world.nodes.getFirst().groups.stream().allMatch(this::isEverybodysMember);
        if (isRelayed && link.one.index != 0 && link.other.index != 0 && link.exists) {
            link.exists = false;
            simulation.network().drop(link);
        }
    }

    private void addMember() {
        SimNode node = anyNode();
        for (SimScope scope : simulation.scopes) {
            if (!scope.regions.contains(node.region) && node.isUp && !node.isRemoved) {
                world.tally.count("member added");
                scope.regions.add(node.region);
                SimGroup group = new SimGroup(simulation, scope, node, ReplicaState.joining());
                node.groups.add(group);
                group.start();
                simulation.network().announce(node, group);
                return;
            }
        }
    }

    /// A region leaves: it stops writing, and once others have all it wrote it is evicted for good.
    private void removeMember() {
        SimNode node = anyNode();
        boolean isLast = world.nodes.stream().anyMatch(other -> other.isRemoved);
        if (node.index < 2 || isLast || world.nodes.size() < 4 || !node.isUp) {
            return;
        }
        for (SimGroup group : node.groups) {
            if (!group.isMember() || group.hasStash() || !group.isKnownToOthers()) {
                return;
            }
        }
        world.tally.count("member removed");
        node.isRemoved = true;
        node.crash();
        simulation.network().gone(node);
        retire(node);
    }

    /// An operator tells a member that the region is gone, until it is.
    private void retire(SimNode node) {
        boolean isDone = true;
        for (SimGroup group : node.groups) {
            for (SimNode other : world.nodes) {
                SimGroup there = other.groupOf(group.scope);
                if (there != null && !other.isRemoved && !there.isRidOf(node.region)) {
                    isDone = false;
                    there.remove(node.region);
                }
            }
        }
        if (!isDone) {
            world.after(World.SECOND, () -> retire(node));
        }
    }

    /// All is mended for good.
    void heal() {
        isOver = true;
        simulation.network().calm();
        for (SimNode node : world.nodes) {
            node.slowNanos = 0;
            node.wallSkewMillis = 300_000;
            if (node.isDiskFull && node.isUp) {
                node.crash();
                simulation.network().gone(node);
            }
            restart(node);
        }
        simulation.network().all().forEach(simulation.network()::reconnect);
    }
}
