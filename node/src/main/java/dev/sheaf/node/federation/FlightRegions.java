package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.links.PeerChannel;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.query.federation.Regions;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import io.opentelemetry.api.trace.SpanKind;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The other regions, asked over Arrow Flight. Nothing is tried in advance: a region that is not
/// asked costs nothing, be it alive or not.
public final class FlightRegions implements Regions, AutoCloseable {
    private final Function<RegionName, Optional<PeerChannel>> channels;
    private final BufferAllocator memory = new RootAllocator();
    private final Tracer tracer;
    private final Map<RegionName, PeerClient> peers = new ConcurrentHashMap<>();

    /// Traces nothing.
    ///
    /// @param channels how a region is reached; empty for one that this node has no way to
    public FlightRegions(Function<RegionName, Optional<PeerChannel>> channels) {
        this(channels, Tracer.NONE);
    }

    public FlightRegions(Function<RegionName, Optional<PeerChannel>> channels, Tracer tracer) {
        FlightLibrary.prepare();
        this.channels = channels;
        this.tracer = tracer;
    }

    @Override
    public SubQueryPlan explain(RegionName region, SubQuery query) {
        try (Span span = begin("sub-query explain", region, query)) {
            try {
                return peer(region).explain(query.traced(span.header()));
            } catch (Problem e) {
                span.failed(e);
                throw e;
            }
        }
    }

    @Override
    public ArrowResult run(RegionName region, SubQuery query) {
        Span span = begin("sub-query", region, query);
        try {
            return new TracedRows(peer(region).run(query.traced(span.header())), span);
        } catch (RuntimeException e) {
            if (e instanceof Problem problem) {
                span.failed(problem);
            }
            span.close();
            throw e;
        }
    }

    private Span begin(String name, RegionName region, SubQuery query) {
        Span span = tracer.continued(name, SpanKind.CLIENT, query.trace());
        span.set("sheaf.region", region.toString());
        return span;
    }

    private PeerClient peer(RegionName region) {
        PeerChannel channel =
                channels.apply(region)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.UNAVAILABLE,
                                        "there is no way to "
                                                + region
                                                + " from here: it is no peer of this node's links"
                                                + " (links.peers)"));
        return peers.compute(
                region,
                (_, known) -> {
                    if (known != null && known.isBy(channel)) {
                        return known;
                    }
                    if (known != null) {
                        known.close(); // the region has moved
                    }
                    return new PeerClient(channel, memory);
                });
    }

    /// Calls that are open are lost.
    @Override
    public void close() {
        peers.values().forEach(PeerClient::close);
        memory.close();
    }
}
