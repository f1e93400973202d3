package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.LinksConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// All links of a node, as configured: it listens for peers and dials each of them, so that between
/// two nodes that can reach each other there are two links, one dialed by each.
public final class Links implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final LinkRoom room;
    private final ScheduledThreadPoolExecutor timer;
    private final LinkHandler handler;
    private final Set<RegionName> welcome = ConcurrentHashMap.newKeySet();
    private final Set<RegionName> configured = new HashSet<>();
    private final Map<RegionName, Dialed> dialed = new HashMap<>();
    private Optional<LinkServer> server = Optional.empty();
    private OptionalInt port = OptionalInt.empty();
    private boolean closed;

    private record Dialed(String host, int port, LinkClient client, PeerChannel channel) {}

    private Links(LinkRoom room, ScheduledThreadPoolExecutor timer, LinkHandler handler) {
        this.room = room;
        this.timer = timer;
        this.handler = handler;
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
            Links links = new Links(room, timer, handler);
            try {
                links.start(config, services);
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

    private void start(LinksConfig config, List<PeerService> services) {
        config.peers().forEach(peer -> configured.add(peer.region()));
        welcome.addAll(configured);
        if (config.port() > 0) {
            LinkServer listening =
                    LinkServer.start(
                            room,
                            new InetSocketAddress(config.address(), config.port()),
                            welcome::contains,
                            handler,
                            services,
                            (region, address) ->
                                    room.timer().execute(() -> found(region, address)));
            server = Optional.of(listening);
            port = OptionalInt.of(listening.port());
            room.identity()
                    .advertise(config.host().orElse(config.address()) + ":" + listening.port());
        }
        for (LinksConfig.Peer peer : config.peers()) {
            dial(peer.region(), peer.host(), peer.port());
        }
    }

    /// A member that dials says where it listens; whom the configuration names stays where that
    /// says.
    private synchronized void found(RegionName region, String address) {
        int colon = address.lastIndexOf(':');
        try {
            if (welcome.contains(region) && colon > 0) {
                dial(
                        region,
                        address.substring(0, colon),
                        Integer.parseInt(address.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            LOG.warn("{} says that it listens at '{}'", region, address);
        }
    }

    /// From now on the region may dial this node.
    public void welcome(RegionName region) {
        welcome.add(region);
    }

    /// Keeps a link to the region, at this address rather than at one before. Whom the
    /// configuration names stays where that says.
    public synchronized void dial(RegionName region, String host, int portThere) {
        Dialed before = dialed.get(region);
        if (before != null && configured.contains(region)) {
            return;
        }
        if (closed
                || (before != null && before.host().equals(host) && before.port() == portThere)) {
            return;
        }
        if (before != null) {
            before.client().close("it is found at " + host + ":" + portThere + " now");
        }
        dialed.put(
                region,
                new Dialed(
                        host,
                        portThere,
                        LinkClient.dial(room, region, host, portThere, handler),
                        new PeerChannel(room, region, host, portThere)));
    }

    /// Ends the links with a region, dials it no more and lets it dial no more. A call of another
    /// kind that is under way goes on; the next is refused.
    public synchronized void drop(RegionName region, String reason) {
        welcome.remove(region);
        Dialed before = dialed.remove(region);
        if (before != null) {
            before.client().close(reason);
        }
        server.ifPresent(listening -> listening.drop(region, reason));
    }

    /// When the certificate ends that the region showed last to this node's dialing; empty without
    /// a link.
    public synchronized Optional<Instant> certifiedUntil(RegionName region) {
        return Optional.ofNullable(dialed.get(region))
                .flatMap(one -> one.client().certifiedUntil());
    }

    /// Where peers dial; empty when none do.
    public OptionalInt port() {
        return port;
    }

    /// How other services reach a peer; empty for a region that is none.
    public synchronized Optional<PeerChannel> channel(RegionName peer) {
        return Optional.ofNullable(dialed.get(peer)).map(Dialed::channel);
    }

    public LinkFaults faults() {
        return room.faults();
    }

    public LinkCounters counters() {
        return room.counters();
    }

    /// Ends all links. The handler hears of each that was up.
    @Override
    public synchronized void close() {
        closed = true;
        dialed.values().forEach(one -> one.client().close());
        dialed.clear();
        server.ifPresent(LinkServer::close);
        timer.shutdownNow();
    }
}
