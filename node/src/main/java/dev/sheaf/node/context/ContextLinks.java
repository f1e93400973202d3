package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.PeerLink;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.Link;
import dev.sheaf.node.links.LinkHandler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/// Carries the context engine's frames over the node's links. Of the two links between two regions
/// both nodes use the one that the region with the lesser name dialed, so that frames of both
/// directions have one order; the other one stands by and carries nothing. For any thread.
public final class ContextLinks implements LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ContextLinks.class);

    private final RegionName own;
    private final ContextRuntime engine;

    public ContextLinks(RegionName own, ContextRuntime engine) {
        this.own = own;
        this.engine = engine;
    }

    private boolean isUsed(Link link) {
        return link.outgoing() == own.compareTo(link.peer()) < 0;
    }

    @Override
    public void up(Link link) {
        if (isUsed(link)) {
            LOG.info("context is exchanged with {}", link.peer());
            engine.linkUp(link.peer(), new Carrier(link));
        }
    }

    @Override
    public void frame(Link link, byte[] frame) {
        if (isUsed(link)) {
            engine.frame(link.peer(), new Carrier(link), frame);
        }
    }

    @Override
    public void writable(Link link) {
        if (isUsed(link)) {
            engine.writable(link.peer());
        }
    }

    @Override
    public void down(Link link, String reason) {
        if (isUsed(link)) {
            LOG.warn("context is no longer exchanged with {}: {}", link.peer(), reason);
            engine.linkDown(link.peer(), new Carrier(link));
        }
    }

    private record Carrier(Link link) implements PeerLink {
        @Override
        public boolean send(byte[] frame) {
            return link.send(frame);
        }

        @Override
        public void pause() {
            link.pause();
        }

        @Override
        public void resume() {
            link.resume();
        }

        @Override
        public Optional<Duration> roundTrip() {
            return link.statistics().roundTrip();
        }

        @Override
        public void close(String reason) {
            link.close(reason);
        }
    }
}
