package dev.sheaf.node.config;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Links with the nodes of other regions. Off without a port and peers.
public record LinksConfig(
        @Setting(
                        value =
                                "Name of the mesh; nodes of another are refused. Lower-case"
                                        + " letters, digits and hyphens.",
                        fallback = "local")
                String mesh,
        @Setting(
                        value = "Name or address of this machine to listen on for peers.",
                        fallback = "127.0.0.1")
                String address,
        @Setting(value = "Port for peers; 0 listens to none.", fallback = "0") int port,
        @Setting("The nodes of other regions, which this one dials and lets dial it.")
                List<Peer> peers,
        @Setting(
                        "PEM file with the node's certificate and those above it; its subject"
                                + " alternative name must be the URI sheaf://MESH/CLOUD/LOCATION."
                                + " Renewed files are taken up by the next connection.")
                Optional<Path> certificate,
        @Setting("PEM file with its key (PKCS#8, not encrypted).") Optional<Path> key,
        @Setting("PEM file with the certificates of the mesh's authority.") Optional<Path> ca,
        @Setting(
                        "Folder with an authority for development instead of the three files:"
                                + " nodes that share it make their certificates in it.")
                Optional<Path> developmentCa,
        @Setting(
                        value =
                                "How long a node's own certificate for links counts, where no files"
                                        + " are configured; it renews itself when a third is left.",
                        fallback = "24h")
                Duration certificateLife,
        @Setting(
                        value =
                                "Whether faults of links may be made on request. Never in"
                                        + " production.",
                        fallback = "false")
                boolean development,
        @Setting(value = "What is queued for one peer.", fallback = "8MiB") ByteSize outgoingMax,
        @Setting(value = "Time between two signs of life.", fallback = "1s") Duration pulseInterval,
        @Setting(
                        value =
                                "Silence after which a link is given up and dialed anew; also how"
                                        + " long dialing may take.",
                        fallback = "5s")
                Duration silenceMax) {
    private static final Pattern MESH = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int PORT_MAX = 65_535;
    private static final Duration CERTIFICATE_LIFE_MIN = Duration.ofMinutes(1);
    private static final long OUTGOING_BYTES_MIN = 64 << 10;

    public LinksConfig {
        peers = List.copyOf(peers);
        if (!MESH.matcher(mesh).matches()) {
            throw wrong(
                    "mesh '"
                            + mesh
                            + "' is not a name: write lower-case letters, digits and hyphens");
        }
        if (port < 0 || port > PORT_MAX) {
            throw wrong("port " + port + " is not between 0 and " + PORT_MAX);
        }
        Checks.positive("pulseInterval", pulseInterval);
        if (silenceMax.compareTo(pulseInterval.multipliedBy(2)) < 0) {
            throw wrong("silenceMax must be at least twice the pulseInterval");
        }
        Checks.atLeast("outgoingMax", outgoingMax.bytes(), OUTGOING_BYTES_MIN);
        Checks.atMost("outgoingMax", outgoingMax, ByteSize.ofMebibytes(1024));
        Set<RegionName> regions = new HashSet<>();
        for (Peer peer : peers) {
            if (!regions.add(peer.region())) {
                throw wrong("peers name region " + peer.region() + " twice");
            }
        }
        boolean files = certificate.isPresent() && key.isPresent() && ca.isPresent();
        boolean anyFile = certificate.isPresent() || key.isPresent() || ca.isPresent();
        if (developmentCa.isPresent() && (anyFile || !development)) {
            throw wrong(
                    "developmentCa takes the place of certificate, key and ca, and needs"
                            + " development: true");
        }
        if (anyFile && !files) {
            throw wrong("certificate, key and ca go together; one of them is missing");
        }
        if (certificateLife.compareTo(CERTIFICATE_LIFE_MIN) < 0) {
            throw wrong("certificateLife is below 1m, too short for any clock");
        }
    }

    /// Whether there are links at all.
    public boolean on() {
        return port > 0 || !peers.isEmpty();
    }

    /// The node of another region.
    public record Peer(
            @Setting("Its region, which its certificate must name.") RegionName region,
            @Setting("Name or address of its machine.") String host,
            @Setting("Its port for links.") int port,
            @Setting("Where it answers callers, to redirect reads to, as in https://host:port.")
                    Optional<String> url) {
        public Peer {
            if (host.isBlank()) {
                throw wrong("the host of peer " + region + " is empty");
            }
            if (port < 1 || port > PORT_MAX) {
                throw wrong(
                        "port "
                                + port
                                + " of peer "
                                + region
                                + " is not between 1 and "
                                + PORT_MAX);
            }
        }
    }

    private static Problem wrong(String message) {
        return new Problem(ProblemCode.INVALID_VALUE, message);
    }
}
