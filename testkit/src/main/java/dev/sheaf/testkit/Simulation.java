package dev.sheaf.testkit;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.ReplicaState;
import dev.sheaf.context.sync.SyncConfig;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One deterministic simulation: regions with real replicas on simulated clocks, disks and links,
/// writers, and faults; all chance comes from one seed. After every step the [Invariant]s of what
/// the step touched are checked; at the end all faults are healed, and everything must come
/// together.
public final class Simulation {
    private static final long TICK_NANOS = 25 * World.MILLISECOND;
    private static final long HEALED_MAX_NANOS = 180 * World.SECOND;
    private static final long CALM_CHECK_NANOS = 100 * World.MILLISECOND;
    private static final double CRASH_AT_SYNC_CHANCE = 0.0002;
    private static final List<String> CLOUDS = List.of("aws", "azure", "gcp");

    final World world;
    final List<SimScope> scopes = new ArrayList<>();
    final List<SimSnapshot> transfers = new ArrayList<>();
    private final SimulationConfig config;
    private final ActorTable actors = new ActorTable();
    private final Map<RegionName, SimNode> byRegion = new HashMap<>();
    private final SimNetwork network;
    private final SimFaults faults;
    private boolean isHealing;
    private long writeEveryNanos;

    private Simulation(SimulationConfig config) {
        this.config = config;
        this.world = new World(config);
        int regions = config.regions() != 0 ? config.regions() : regionsOf();
        for (int i = 0; i < regions; i++) {
            RegionName region =
                    new RegionName(CLOUDS.get(i % CLOUDS.size()), "region-" + (char) ('a' + i));
            SimNode node = new SimNode(world, region, i);
            world.nodes.add(node);
            byRegion.put(region, node);
        }
        this.network = new SimNetwork(world);
        int groups = regions > 5 ? 1 : (int) world.between(1, 3);
        boolean evicts = world.chance(0.6);
        for (int i = 0; i < groups; i++) {
            addScope(i, regions, evicts);
        }
        this.writeEveryNanos = world.between(2, 20) * World.MILLISECOND;
        this.faults = new SimFaults(this);
    }

    /// Few regions most of the time: faults need company, not crowds.
    private int regionsOf() {
        int roll = world.random.nextInt(20);
        return roll < 4 ? 2 : roll < 11 ? 3 : roll < 15 ? 4 : roll < 18 ? 5 : roll < 19 ? 7 : 9;
    }

    /// Runs the simulation.
    ///
    /// @throws InvariantViolation when an invariant is broken
    public static SimulationReport run(SimulationConfig config) {
        return new Simulation(config).run();
    }

    private void addScope(int number, int regions, boolean evicts) {
        long beat = world.between(25, 100) * World.MILLISECOND;
        SyncConfig sync =
                new SyncConfig(
                        beat,
                        beat * 4,
                        200 * World.MILLISECOND,
                        evicts ? world.between(3, 8) * World.SECOND : 3_600 * World.SECOND,
                        world.between(400, 8_000),
                        60_000,
                        1_000);
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 2 + world.random.nextInt(6); i++) {
            documents.add("document-" + i);
        }
        SimScope scope =
                new SimScope(
                        new GroupId("scope-" + number, number),
                        actors,
                        sync,
                        documents,
                        bug() == DeliberateBug.RELAY_REDACTED);
        List<ActorId> members = new ArrayList<>();
        boolean redacts =
                (number == 1 || world.chance(0.2))
                        && config.documents() == SimulationConfig.DocumentModel.SMALL;
        for (SimNode node : world.nodes) {
            // The first two regions are in every scope, and see everything.
            boolean isMember = node.index < 2 || number == 0 || world.chance(0.6);
            if (isMember) {
                scope.regions.add(node.region);
                members.add(new ActorId(node.region, 1));
                if (node.index >= 2 && redacts && world.chance(0.5)) {
                    scope.redacted.add(node.region);
                }
            }
        }
        scopes.add(scope);
        ReplicaState state = ReplicaState.founding(members, actors);
        for (ActorId member : members) {
            SimNode node = node(member.region());
            node.groups.add(new SimGroup(this, scope, node, state));
        }
    }

    // --- what the parts ask

    DeliberateBug bug() {
        return config.bug();
    }

    SimNetwork network() {
        return network;
    }

    SimNode node(RegionName region) {
        SimNode node = byRegion.get(region);
        if (node == null) {
            throw new IllegalArgumentException("there is no region " + region);
        }
        return node;
    }

    long roundTripNanos(SimNode node, RegionName peer) {
        SimNetwork.SimLink link = network.link(node, node(peer));
        return link.there.baseNanos + link.back.baseNanos;
    }

    SimDocuments documents(SimScope scope) {
        return switch (config.documents()) {
            case SMALL -> new SmallDocuments(scope.actors, bug() == DeliberateBug.SKIP_FENCE);
            case REAL -> new RealDocuments(scope.actors);
        };
    }

    boolean crashesBeforeAcknowledging(SimNode node) {
        return crashesNow(node);
    }

    boolean crashesBeforeSending(SimNode node) {
        return crashesNow(node);
    }

    private boolean crashesNow(SimNode node) {
        if (isHealing || !world.chance(CRASH_AT_SYNC_CHANCE)) {
            return false;
        }
        faults.crash(node);
        return true;
    }

    // --- the run

    private SimulationReport run() {
        long started = System.nanoTime();
        for (SimNode node : world.nodes) {
            node.start();
            world.after(world.between(0, TICK_NANOS), () -> tick(node));
        }
        network.all().forEach(network::reconnect);
        world.after(writeEveryNanos, this::write);
        faults.begin();
        try {
            while (world.step() < config.steps()) {
                world.advance();
            }
            heal();
        } catch (InvariantViolation violation) {
            throw violation;
        } catch (RuntimeException fault) {
            throw (InvariantViolation)
                    world.violation(Invariant.NO_FAULT, fault.toString()).initCause(fault);
        }
        return SimulationReport.of(
                config, world, scopes.size(), (System.nanoTime() - started) / World.MILLISECOND);
    }

    private void tick(SimNode node) {
        node.tick();
        world.after(TICK_NANOS, () -> tick(node));
    }

    private void write() {
        if (isHealing) {
            return;
        }
        SimNode node = world.any(world.nodes);
        if (node.isUp && !node.groups.isEmpty()) {
            world.any(node.groups).write();
        }
        world.after(world.random.nextLong(2 * writeEveryNanos), this::write);
    }

    /// Ends all faults, and waits until everything has come together.
    private void heal() {
        isHealing = true;
        faults.heal();
        long deadline = world.now() + HEALED_MAX_NANOS;
        long next = world.now();
        long applied = world.tally.applied;
        while (true) {
            world.advance();
            if (world.now() >= next) {
                next = world.now() + CALM_CHECK_NANOS;
                String apart = apart();
                if (apart.isEmpty()) {
                    break;
                }
                if (world.tally.applied > applied) {
                    applied = world.tally.applied;
                    deadline = world.now() + HEALED_MAX_NANOS;
                }
                if (world.now() > deadline) {
                    throw world.violation(
                            Invariant.LIVENESS,
                            "not together, and for "
                                    + HEALED_MAX_NANOS / World.SECOND
                                    + " s without faults no nearer: "
                                    + apart);
                }
            }
        }
        for (SimScope scope : scopes) {
            checkNothingLost(scope);
        }
    }

    /// What is not as it should be in the end, a line each; empty when all is well.
    private String apart() {
        StringBuilder all = new StringBuilder();
        for (SimScope scope : scopes) {
            SimGroup first = null;
            for (SimNode node : world.nodes) {
                SimGroup group = node.groupOf(scope);
                if (group != null && !node.isRemoved) {
                    String wrong = new SimRest(group, world).unsettled(first);
                    if (!wrong.isEmpty()) {
                        all.append("\n  ").append(wrong);
                    }
                    first = first == null ? group : first;
                }
            }
        }
        return all.toString();
    }

    private void checkNothingLost(SimScope scope) {
        for (SimNode node : world.nodes) {
            for (SimGroup group : node.groups) {
                if (group.scope == scope && !node.isRemoved) {
                    new SimRest(group, world).checkAcknowledged();
                }
            }
        }
    }
}
