package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.LinksConfig;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;

/// All links of a node, as configured: it listens for peers and dials each of them, so that between
/// two nodes that can reach each other there are two links, one dialed by each.
public final class Links implements AutoCloseable {
    private final LinkRoom room;
    private final ScheduledThreadPoolExecutor timer;
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final Map<RegionName, PeerChannel> channels = new ConcurrentHashMap<>();
    private OptionalInt port = OptionalInt.empty();

    private Links(LinkRoom room, ScheduledThreadPoolExecutor timer) {
        this.room = room;
        this.timer = timer;
    }

    /// Links alone.
    public static Links open(
            LinksConfig config, NodeCredentials credentials, LinkHandler handler, Clock clock) {
        return open(config, credentials, handler, List.of(), clock);
    }

    /// Listens when this returns; peers are dialed from then on.
    ///
    /// @param services for the same peers, on the same port
    /// @throws Problem when certificates cannot be used or the port is taken; nothing is left then
    public static Links open(
            LinksConfig config,
            NodeCredentials credentials,
            LinkHandler handler,
            List<PeerService> services,
            Clock clock) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("links-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        try {
            LinkRoom room =
                    new LinkRoom(
                            new LinkSettings(
                                    config.outgoingMax(),
                                    config.outgoingMax(),
                                    config.pulseInterval(),
                                    config.silenceMax()),
                            credentials.identity(),
                            new LinkFaults(config.development(), new SecureRandom()),
                            new LinkCounters(),
                            timer,
                            clock);
            Links links = new Links(room, timer);
            try {
                links.start(config, handler, services);
                return links;
            } catch (RuntimeException e) {
                links.close();
                throw e;
            }
        } catch (RuntimeException e) {
            timer.shutdownNow();
            throw e;
        }
    }

    private void start(LinksConfig config, LinkHandler handler, List<PeerService> services) {
        if (config.port() > 0) {
            Set<RegionName> expected =
                    config.peers().stream()
                            .map(LinksConfig.Peer::region)
                            .collect(Collectors.toUnmodifiableSet());
            LinkServer server =
                    LinkServer.start(
                            room,
                            new InetSocketAddress(config.address(), config.port()),
                            expected::contains,
                            handler,
                            services);
            opened.push(server::close);
            port = OptionalInt.of(server.port());
        }
        for (LinksConfig.Peer peer : config.peers()) {
            LinkClient client =
                    LinkClient.dial(room, peer.region(), peer.host(), peer.port(), handler);
            opened.push(client::close);
            channels.put(
                    peer.region(), new PeerChannel(room, peer.region(), peer.host(), peer.port()));
        }
    }

    /// Where peers dial; empty when none do.
    public OptionalInt port() {
        return port;
    }

    /// How other services reach a peer; empty for a region that is none.
    public Optional<PeerChannel> channel(RegionName peer) {
        return Optional.ofNullable(channels.get(peer));
    }

    public LinkFaults faults() {
        return room.faults();
    }

    public LinkCounters counters() {
        return room.counters();
    }

    /// Ends all links. The handler hears of each that was up.
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
        timer.shutdownNow();
    }
}
