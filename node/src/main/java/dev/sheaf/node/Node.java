package dev.sheaf.node;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.config.ConfigReader;
import dev.sheaf.node.config.ListenConfig;
import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.identity.PrivateFile;
import dev.sheaf.node.logs.NodeLog;
import dev.sheaf.product.ledger.DataDirectory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A running node. It holds its data directory from its start to its end.
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String CONFIG_FILE = "sheaf.yaml";
    private static final String FACTS_FILE = "node.json";

    private final Wiring wiring;
    private final DataDirectory data;
    private final Resources resources;
    private final Duration drainMax;
    private final URI url;
    private boolean stopped;

    private Node(
            Wiring wiring, DataDirectory data, Resources resources, Duration drainMax, URI url) {
        this.wiring = wiring;
        this.data = data;
        this.resources = resources;
        this.drainMax = drainMax;
        this.url = url;
    }

    /// Starts a node; it listens and is ready when this returns.
    ///
    /// @throws Problem when it cannot: the configuration is wrong, the data directory is in use or
    ///   cannot be used, the port is taken
    public static Node start(NodeOptions options, Clock clock) {
        NodeConfig config = config(options);
        Resources resources = new Resources();
        try {
            DataDirectory data = resources.add(DataDirectory.open(options.data()));
            resources.add(NodeLog.into(data.logs(), config.log()));
            options.restoreContext()
                    .ifPresent(checkpoint ->
                            ContextNode.restore(checkpoint, data.root().resolve(Wiring.CONTEXT)));
            Wiring wiring = new Wiring(config, data, resources, clock);
            int port = wiring.http().start();
            URI url = url(config.listen(), port);
            announce(data, config, url, wiring.flightSql(), port, clock);
            wiring.awaitProducts();
            wiring.readiness().started();
            wiring.startBackgroundWork();
            LOG.info("node of region {} is ready at {}", config.region(), url);
            return new Node(wiring, data, resources, config.limits().drainMax(), url);
        } catch (IOException | RuntimeException e) {
            LOG.error("the node cannot start", e);
            resources.close();
            throw e instanceof Problem problem
                    ? problem
                    : new Problem(
                            ProblemCode.INTERNAL, "the node cannot start: " + e.getMessage(), e);
        }
    }

    public URI url() {
        return url;
    }

    /// Where JDBC and ADBC clients are answered, if they are.
    public Optional<URI> flightSql() {
        return wiring.flightSql();
    }

    /// Stops: takes nothing new, waits for what is under way as long as configured, cancels the
    /// rest, ends the workers, leaves the data directory. Once; further calls do nothing.
    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        LOG.info("the node stops");
        wiring.readiness().stopping();
        wiring.http().refuseNewWork();
        try {
            wiring.runs().drain(drainMax);
            if (!wiring.http().drain(drainMax)) {
                LOG.warn("{} requests are cut off", wiring.http().requestsUnderWay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while stopping; what is under way is cut off");
        }
        forgetFacts();
        LOG.info("the node has stopped");
        resources.close();
    }

    private static NodeConfig config(NodeOptions options) {
        Path file = options.config().orElse(options.data().resolve(CONFIG_FILE));
        NodeConfig read;
        try {
            read = ConfigReader.read(new Source(file.toString(), Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            if (options.config().isPresent()) {
                throw new Problem(
                        ProblemCode.NOT_FOUND, "there is no configuration file " + file, e);
            }
            read = ConfigReader.defaults();
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the configuration file " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
        return read.with(options.region(), options.port());
    }

    private static URI url(ListenConfig listen, int port) {
        String address =
                listen.address().contains(":") ? "[" + listen.address() + "]" : listen.address();
        String host = listen.address().equals("0.0.0.0") ? "127.0.0.1" : address;
        return URI.create((listen.tls().isPresent() ? "https://" : "http://") + host + ":" + port);
    }

    /// Lets programs of this user find the node.
    private static void announce(
            DataDirectory data,
            NodeConfig config,
            URI url,
            Optional<URI> flightSql,
            int port,
            Clock clock)
            throws IOException {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("url", url.toString());
        flightSql.ifPresent(where -> known.put("flightSql", where.toString()));
        known.put("pid", ProcessHandle.current().pid());
        known.put("region", config.region().toString());
        known.put("startedAt", clock.instant().toString());
        String facts = dev.sheaf.client.Wire.json().writeValueAsString(known);
        PrivateFile.write(data.root().resolve(FACTS_FILE), facts + "\n");
        data.announcePort(port);
    }

    private void forgetFacts() {
        try {
            Files.deleteIfExists(data.root().resolve(FACTS_FILE));
        } catch (IOException e) {
            LOG.warn("{} could not be removed", FACTS_FILE, e);
        }
    }
}
