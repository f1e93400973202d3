package dev.sheaf.bench.context;

import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.DigestEntry;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.LinksConfig;
import dev.sheaf.node.context.ContextLinks;
import dev.sheaf.node.links.LinkFaults;
import dev.sheaf.node.links.LinkHandler;
import dev.sheaf.node.links.Links;
import dev.sheaf.node.links.NodeCredentials;
import dev.sheaf.node.pki.Revocations;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A node with links to one peer, mutual TLS and all, on loopback.
final class LinkedNode implements AutoCloseable {
    private final ContextRuntime runtime;
    private final Links links;
    private final RegionName peer;

    /// @param folder of both nodes
    LinkedNode(Path folder, RegionName own, int port, RegionName peer, int peerPort) {
        this.peer = peer;
        this.runtime =
                ContextRuntime.open(
                        SessionNode.config(own, folder.resolve(own.location())),
                        Clock.systemUTC(),
                        System::nanoTime);
        runtime.applyType(SessionType.YAML, "bench.session.yaml");
        this.links = open(folder, own, port, peer, peerPort, new ContextLinks(own, runtime));
    }

    static Links open(
            Path folder,
            RegionName own,
            int port,
            RegionName peer,
            int peerPort,
            LinkHandler handler) {
        LinksConfig config =
                new LinksConfig(
                        "bench",
                        "127.0.0.1",
                        port,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                new LinksConfig.Peer(
                                        peer, "127.0.0.1", peerPort, Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Path.of("ca")),
                        Duration.ofHours(24),
                        true,
                        ByteSize.ofMebibytes(8),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20));
        NodeCredentials credentials =
                NodeCredentials.open(
                        config,
                        own,
                        folder,
                        folder.resolve("keys"),
                        Revocations.NONE,
                        Clock.systemUTC());
        return Links.open(config, credentials, handler, Clock.systemUTC());
    }

    ContextRuntime runtime() {
        return runtime;
    }

    LinkFaults faults() {
        return links.faults();
    }

    LinkStatus link() {
        return runtime.links().stream()
                .filter(link -> link.region().equals(peer.toString()))
                .findFirst()
                .orElseThrow();
    }

    /// What was applied, and the digest of what is there, of each shard: two nodes that say the
    /// same hold the same.
    String state() {
        return runtime.digests().stream()
                .sorted(Comparator.comparingInt(DigestEntry::shard))
                .map(entry -> entry.shard() + "=" + entry.vector() + "/" + entry.digest())
                .collect(Collectors.joining(";"))
                .replace(' ', '_');
    }

    @Override
    public void close() {
        links.close();
        runtime.close();
    }
}
