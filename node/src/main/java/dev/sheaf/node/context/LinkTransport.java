package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.Transport;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.Link;
import dev.sheaf.node.links.LinkHandler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Carries the context engine's frames over the node's links. Of the two links between two regions
/// both nodes use the one that the region with the lesser name dialed, so that frames of both
/// directions have one order; the other one stands by and carries nothing. For any thread.
public final class LinkTransport implements Transport, LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTransport.class);

    private final RegionName own;
    private final Map<RegionName, Link> links = new ConcurrentHashMap<>();
    private volatile @Nullable ContextRuntime runtime;

    public LinkTransport(RegionName own) {
        this.own = own;
    }

    /// From now on links are heard of; before the first of them is opened.
    public void serve(ContextRuntime engine) {
        this.runtime = engine;
    }

    private boolean isUsed(Link link) {
        return link.outgoing() == own.compareTo(link.peer()) < 0;
    }

    // --- what the links say

    @Override
    public void up(Link link) {
        ContextRuntime engine = runtime;
        if (engine == null || !isUsed(link)) {
            return;
        }
        Link before = links.put(link.peer(), link);
        if (before != null) {
            engine.linkDown(link.peer());
        }
        LOG.info("context is exchanged with {}", link.peer());
        engine.linkUp(link.peer());
    }

    @Override
    public void frame(Link link, byte[] frame) {
        ContextRuntime engine = runtime;
        if (engine != null && links.get(link.peer()) == link) {
            engine.frame(link.peer(), frame);
        }
    }

    @Override
    public void writable(Link link) {
        ContextRuntime engine = runtime;
        if (engine != null && links.get(link.peer()) == link) {
            engine.writable(link.peer());
        }
    }

    @Override
    public void down(Link link, String reason) {
        ContextRuntime engine = runtime;
        if (engine != null && links.remove(link.peer(), link)) {
            LOG.warn("context is no longer exchanged with {}: {}", link.peer(), reason);
            engine.linkDown(link.peer());
        }
    }

    // --- what the engine asks for

    @Override
    public boolean send(RegionName peer, byte[] frame) {
        Link link = links.get(peer);
        return link != null && link.send(frame);
    }

    @Override
    public void pause(RegionName peer) {
        find(peer).ifPresent(Link::pause);
    }

    @Override
    public void resume(RegionName peer) {
        find(peer).ifPresent(Link::resume);
    }

    @Override
    public void close(RegionName peer, String reason) {
        find(peer).ifPresent(link -> link.close(reason));
    }

    @Override
    public Optional<Duration> roundTrip(RegionName peer) {
        return find(peer).flatMap(link -> link.statistics().roundTrip());
    }

    private Optional<Link> find(RegionName peer) {
        return Optional.ofNullable(links.get(peer));
    }
}
