package dev.sheaf.testkit;

import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;

import java.util.ArrayList;
import java.util.List;

/// Links between all pairs of nodes. Each behaves as a connection does: in order and without loss
/// while it lasts, in each direction with its own delay; what is cut off piles up until the
/// connection breaks, which the two ends notice at different times; then it is opened anew. Now and
/// then frames of an earlier connection arrive late.
final class SimNetwork {
    private static final long BREAKS_AFTER_NANOS = 1_500 * World.MILLISECOND;
    private static final long RECONNECTS_MIN_NANOS = 20 * World.MILLISECOND;
    private static final long RECONNECTS_MAX_NANOS = 400 * World.MILLISECOND;
    private static final int OLD_FRAMES_MAX = 8;
    private static final double OLD_FRAME_CHANCE = 0.3;

    private final World world;
    private final SimLink[][] links;
    private boolean isCalm;

    SimNetwork(World world) {
        this.world = world;
        int size = world.nodes.size();
        links = new SimLink[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                SimLink link = new SimLink(world.nodes.get(a), world.nodes.get(b));
                long base = world.between(200 * World.MICROSECOND, 60 * World.MILLISECOND);
                link.there.baseNanos = base;
                link.back.baseNanos = base;
                links[a][b] = link;
                links[b][a] = link;
            }
        }
    }

    /// A pair of nodes.
    static final class SimLink {
        final SimNode one;
        final SimNode other;
        final Direction there;
        final Direction back;
        boolean exists = true;
        long connection;
        boolean isUp;
        boolean isReconnecting;

        SimLink(SimNode one, SimNode other) {
            this.one = one;
            this.other = other;
            this.there = new Direction(other);
            this.back = new Direction(one);
        }

        Direction toward(SimNode node) {
            return node == other ? there : back;
        }
    }

    /// One way of a link.
    static final class Direction {
        final SimNode to;
        long baseNanos;
        boolean isCut;
        long arrivesLast;

        /// Cut off, in order.
        final List<Runnable> piled = new ArrayList<>();

        final List<Frame> old = new ArrayList<>();

        /// The connection that the receiving end believes in; 0 when none.
        long believed;

        Direction(SimNode to) {
            this.to = to;
        }
    }

    private record Frame(GroupId group, Message message) {}

    SimLink link(SimNode one, SimNode other) {
        return links[one.index][other.index];
    }

    /// From now on nothing odd happens by itself.
    void calm() {
        isCalm = true;
        for (SimLink link : all()) {
            cut(link, link.other, false);
            cut(link, link.one, false);
        }
    }

    List<SimLink> all() {
        List<SimLink> all = new ArrayList<>();
        for (int a = 0; a < links.length; a++) {
            for (int b = a + 1; b < links.length; b++) {
                all.add(links[a][b]);
            }
        }
        return all;
    }

    // --- connections

    /// Opens a connection some time from now, if that is possible then.
    void reconnect(SimLink link) {
        if (link.isUp || link.isReconnecting || !link.exists) {
            return;
        }
        link.isReconnecting = true;
        world.after(
                world.between(RECONNECTS_MIN_NANOS, RECONNECTS_MAX_NANOS),
                () -> {
                    link.isReconnecting = false;
                    if (link.isUp || !link.one.isUp || !link.other.isUp) {
                        return;
                    }
                    if (link.there.isCut || link.back.isCut) {
                        reconnect(link);
                        return;
                    }
                    open(link);
                });
    }

    private void open(SimLink link) {
        link.connection++;
        link.isUp = true;
        world.tally.count("link opened");
        for (SimNode node : List.of(link.one, link.other)) {
            Direction direction = link.toward(node);
            direction.arrivesLast = 0;
            long connection = link.connection;
            long delay = world.between(0, World.MILLISECOND);
            direction.arrivesLast = world.now() + delay;
            world.after(delay, () -> up(link, node, connection));
        }
    }

    private void up(SimLink link, SimNode node, long connection) {
        if (link.connection != connection || !link.isUp || !node.isUp) {
            return;
        }
        Direction direction = link.toward(node);
        direction.believed = connection;
        SimNode peer = node == link.one ? link.other : link.one;
        node.groups.forEach(group -> group.linkUp(peer.region));
        if (!isCalm && !direction.old.isEmpty() && world.chance(OLD_FRAME_CHANCE)) {
            late(link, node, direction);
        }
    }

    private void late(SimLink link, SimNode node, Direction direction) {
        SimNode peer = node == link.one ? link.other : link.one;
        world.tally.count("old frames delivered again");
        for (Frame frame : direction.old) {
            world.after(
                    world.between(0, 200 * World.MILLISECOND),
                    () -> {
                        if (node.isUp && direction.believed != 0) {
                            receive(node, peer, frame);
                        }
                    });
        }
    }

    /// The connection breaks; each end notices in its own time.
    void drop(SimLink link) {
        if (!link.isUp) {
            return;
        }
        link.isUp = false;
        world.tally.count("link broken");
        for (SimNode node : List.of(link.one, link.other)) {
            Direction direction = link.toward(node);
            direction.piled.clear();
            long connection = link.connection;
            // What is on its way still arrives: the end of the connection comes after it.
            long notices =
                    Math.max(
                            direction.arrivesLast - world.now(),
                            world.between(0, 50 * World.MILLISECOND));
            world.after(notices, () -> down(link, node, connection));
        }
        reconnect(link);
    }

    private void down(SimLink link, SimNode node, long connection) {
        Direction direction = link.toward(node);
        if (direction.believed == connection) {
            direction.believed = 0;
            if (node.isUp) {
                SimNode peer = node == link.one ? link.other : link.one;
                node.groups.forEach(group -> group.linkDown(peer.region));
            }
        }
    }

    void cut(SimLink link, SimNode toward, boolean isCut) {
        Direction direction = link.toward(toward);
        if (direction.isCut == isCut) {
            return;
        }
        direction.isCut = isCut;
        if (isCut) {
            long connection = link.connection;
            world.after(
                    BREAKS_AFTER_NANOS,
                    () -> {
                        if (direction.isCut && link.connection == connection) {
                            drop(link);
                        }
                    });
        } else {
            List<Runnable> piled = List.copyOf(direction.piled);
            direction.piled.clear();
            piled.forEach(Runnable::run);
        }
    }

    /// The node went down, or came up with no connections.
    void gone(SimNode node) {
        for (SimNode peer : world.nodes) {
            if (peer != node) {
                SimLink link = link(node, peer);
                link.toward(node).believed = 0;
                drop(link);
            }
        }
    }

    void back(SimNode node) {
        for (SimNode peer : world.nodes) {
            if (peer != node) {
                reconnect(link(node, peer));
            }
        }
    }

    /// A group that is new on a node learns of the links that are there.
    void announce(SimNode node, SimGroup group) {
        for (SimNode peer : world.nodes) {
            if (peer != node) {
                SimLink link = link(node, peer);
                if (link.isUp && link.toward(node).believed == link.connection) {
                    group.linkUp(peer.region);
                }
            }
        }
    }

    // --- frames

    void send(SimNode from, SimNode to, GroupId group, Message message) {
        SimLink link = link(from, to);
        if (!link.isUp || link.toward(from).believed != link.connection) {
            return;
        }
        Direction direction = link.toward(to);
        Frame frame = new Frame(group, message);
        if (direction.isCut || !direction.piled.isEmpty()) {
            long connection = link.connection;
            direction.piled.add(() -> {
                if (link.connection == connection) {
                    travel(link, from, direction, frame);
                }
            });
        } else {
            travel(link, from, direction, frame);
        }
    }

    private void travel(SimLink link, SimNode from, Direction direction, Frame frame) {
        long delay = direction.baseNanos + world.random.nextInt(2_000_000) + direction.to.slowNanos;
        long arrives = Math.max(world.now() + delay, direction.arrivesLast + 1);
        if (direction.to.slowNanos > 0) {
            arrives = Math.max(arrives, direction.arrivesLast + direction.to.slowNanos);
        }
        direction.arrivesLast = arrives;
        long connection = link.connection;
        world.after(
                arrives - world.now(),
                () -> {
                    if (direction.to.isUp && direction.believed == connection) {
                        remember(direction, frame);
                        receive(direction.to, from, frame);
                    }
                });
    }

    private void remember(Direction direction, Frame frame) {
        if (direction.old.size() < OLD_FRAMES_MAX) {
            direction.old.add(frame);
        } else if (world.random.nextInt(16) == 0) {
            direction.old.set(world.random.nextInt(OLD_FRAMES_MAX), frame);
        }
    }

    private void receive(SimNode to, SimNode from, Frame frame) {
        for (SimGroup group : to.groups) {
            if (group.scope.id.equals(frame.group())) {
                group.receive(from.region, frame.message());
                return;
            }
        }
    }
}
