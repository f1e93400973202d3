package dev.sheaf.node.context;

import dev.sheaf.context.runtime.ContextConfig;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.ContextSettings;
import dev.sheaf.node.config.LinksConfig;
import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.governance.GovernedContexts;
import dev.sheaf.node.links.LinkFaults;
import dev.sheaf.node.links.Links;
import dev.sheaf.node.links.NodeCredentials;
import dev.sheaf.node.links.PeerChannel;
import dev.sheaf.node.links.PeerService;
import dev.sheaf.node.tracing.Tracer;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The context engine of a node with its links.
public final class ContextNode implements AutoCloseable {
    /// The scope of the mesh's own documents: this region and those it has links with, unless the
    /// configuration declares a scope of this name.
    public static final String MESH_SCOPE = "mesh";

    private final ContextRuntime runtime;
    private final ReplicationHolds holds;
    private final Optional<Links> links;
    private final Map<String, URI> addresses = new ConcurrentHashMap<>();
    private final Map<RegionName, Optional<String>> heard = new TreeMap<>();
    private final List<MemberListener> listeners = new ArrayList<>();

    /// Whoever has to do with the mesh's regions beside those that the configuration names.
    public interface MemberListener {
        /// @param url where it answers callers; empty when it is not said
        void welcomed(RegionName region, String url);

        void dismissed(RegionName region);
    }

    private ContextNode(
            ContextRuntime runtime,
            ReplicationHolds holds,
            Optional<Links> links,
            LinksConfig config) {
        this.runtime = runtime;
        this.holds = holds;
        this.links = links;
        for (LinksConfig.Peer peer : config.peers()) {
            peer.url().ifPresent(url -> addresses.put(peer.region().toString(), URI.create(url)));
        }
    }

    /// Opens the engine, then the links, over which nothing goes that policies deny.
    ///
    /// @param credentials by which the node and its peers know each other
    /// @param known regions of the mesh beside those that the configuration names, also former ones
    /// @param folder for the engine
    /// @param services for peers, on the port of links
    public static ContextNode open(
            NodeConfig config,
            NodeCredentials credentials,
            Set<RegionName> known,
            Path folder,
            GovernedContexts policies,
            List<PeerService> services,
            Tracer tracer,
            Clock clock) {
        ContextRuntime runtime =
                ContextRuntime.open(
                        contextConfig(config, credentials, known, folder), clock, System::nanoTime);
        if (tracer.isRecording()) {
            runtime.whenTransfersEnd(new SyncSpans(tracer, clock));
        }
        ReplicationHolds holds = new ReplicationHolds(runtime, new Replication(policies));
        try {
            holds.start();
            Optional<Links> links =
                    config.links().on()
                            ? Optional.of(
                                    Links.open(
                                            config.links(),
                                            credentials,
                                            new ContextLinks(config.region(), runtime),
                                            services,
                                            clock))
                            : Optional.empty();
            return new ContextNode(runtime, holds, links, config.links());
        } catch (RuntimeException e) {
            holds.close();
            runtime.close();
            throw e;
        }
    }

    /// Puts a checkpoint in the engine's place before it is opened.
    ///
    /// @throws dev.sheaf.kernel.Problem CONFLICT when there is an engine already
    public static void restore(Path checkpoint, Path folder) {
        ContextRuntime.restore(checkpoint, folder);
    }

    private static ContextConfig contextConfig(
            NodeConfig config, NodeCredentials credentials, Set<RegionName> known, Path folder) {
        ContextSettings settings = config.context();
        SortedSet<RegionName> regions = new TreeSet<>();
        regions.add(config.region());
        config.links().peers().forEach(peer -> regions.add(peer.region()));
        regions.addAll(known);
        Map<String, SortedSet<RegionName>> scopes = new HashMap<>();
        scopes.put(MESH_SCOPE, regions);
        settings.scopes()
                .forEach(scope -> scopes.put(scope.name(), new TreeSet<>(scope.regions())));
        return new ContextConfig(
                config.links().mesh(),
                config.region(),
                regions,
                scopes,
                settings.shards(),
                Math.min(settings.workers(), settings.shards()),
                folder,
                settings.cache(),
                settings.waitingMax(),
                settings.writeBehind().toMillis(),
                scope -> joins(scope, config, credentials));
    }

    /// Whether the state of a scope is fetched from others first; of one that is this region's
    /// alone nobody else has it.
    private static boolean joins(String scope, NodeConfig config, NodeCredentials credentials) {
        return !scope.equals(config.region().toString())
                && (config.context().join()
                        || (scope.equals(MESH_SCOPE) && credentials.hasJoinedAMesh()));
    }

    /// The region is a member of the mesh: its node may dial this one, and is dialed where it is
    /// found. Without links it is only known to be there.
    ///
    /// @param url where it answers callers; empty when it is not said
    public void welcome(RegionName region, Optional<InetSocketAddress> address, String url) {
        runtime.admit(region, MESH_SCOPE);
        if (!url.isEmpty()) {
            addresses.put(region.toString(), URI.create(url));
        }
        holds.refresh();
        links.ifPresent(all -> {
            all.welcome(region);
            address.ifPresent(at -> all.dial(region, at.getHostString(), at.getPort()));
        });
        tell(region, Optional.of(url));
    }

    /// @param url of a member; empty of a former one
    private void tell(RegionName region, Optional<String> url) {
        synchronized (heard) {
            if (!url.equals(heard.put(region, url))) {
                listeners.forEach(listener -> tell(listener, region, url));
            }
        }
    }

    private static void tell(MemberListener listener, RegionName region, Optional<String> url) {
        url.ifPresentOrElse(
                member -> listener.welcomed(region, member), () -> listener.dismissed(region));
    }

    /// The listener hears of each region that was welcomed or dismissed, also of earlier ones.
    public void whenMembersChange(MemberListener listener) {
        synchronized (heard) {
            listeners.add(listener);
            heard.forEach((region, url) -> tell(listener, region, url));
        }
    }

    /// The region is no member any more: links with it end at once and are not made again, and
    /// nothing waits for what it has.
    ///
    /// @return whether nothing does; to be said again until then
    public boolean dismiss(RegionName region, String reason) {
        links.ifPresent(all -> all.drop(region, reason));
        addresses.remove(region.toString());
        tell(region, Optional.empty());
        return runtime.remove(region);
    }

    /// This node is no member any more, or is about to be none: it is alone from now on.
    public void leave(String reason) {
        links.ifPresent(all ->
                runtime.links().forEach(link -> all.drop(RegionName.parse(link.region()), reason)));
    }

    /// The port that peers dial; empty when there are no links.
    public OptionalInt linksPort() {
        return links.map(Links::port).orElse(OptionalInt.empty());
    }

    /// When the certificate ends that the region has shown; empty without a link.
    public Optional<Instant> certifiedUntil(RegionName region) {
        return links.flatMap(all -> all.certifiedUntil(region));
    }

    /// Asks the policies again what may go to which region; to be called when they have changed.
    public void refreshHolds() {
        holds.refresh();
    }

    public ContextService service() {
        return runtime;
    }

    public ContextRuntime runtime() {
        return runtime;
    }

    /// How a peer is reached beside the links; empty for a region that is none.
    public Optional<PeerChannel> channel(RegionName peer) {
        return links.flatMap(open -> open.channel(peer));
    }

    public RegionAddresses addresses() {
        return region -> Optional.ofNullable(addresses.get(region));
    }

    /// Only where the configuration allows faults.
    public Optional<LinkFaultSwitch> faults(LinksConfig config) {
        return config.development()
                ? links.map(each -> new Switch(each.faults()))
                : Optional.empty();
    }

    private record Switch(LinkFaults faults) implements LinkFaultSwitch {
        @Override
        public void cut(RegionName region, Direction direction) {
            if (direction != Direction.OUT) {
                faults.cut(region, LinkFaults.Direction.IN);
            }
            if (direction != Direction.IN) {
                faults.cut(region, LinkFaults.Direction.OUT);
            }
        }

        @Override
        public void heal(RegionName region) {
            faults.heal(region);
        }

        @Override
        public void delay(RegionName region, Duration delay, Duration jitter) {
            faults.delay(region, LinkFaults.Direction.OUT, delay, jitter);
        }
    }

    @Override
    public void close() {
        holds.close();
        links.ifPresent(Links::close);
        runtime.close();
    }
}
