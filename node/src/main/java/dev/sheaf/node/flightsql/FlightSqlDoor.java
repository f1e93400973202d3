package dev.sheaf.node.flightsql;

import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.queries.StatementRecords;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.product.Ledger;
import dev.sheaf.query.QueryConfig;
import dev.sheaf.query.QueryService;

import io.grpc.Context;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The Flight SQL endpoint of a node, made of what the node has already.
public final class FlightSqlDoor implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final FlightSqlServer server;
    private final ExecutorService calls;
    private final BufferAllocator memory;

    private FlightSqlDoor(FlightSqlServer server, ExecutorService calls, BufferAllocator memory) {
        this.server = server;
        this.calls = calls;
        this.memory = memory;
    }

    /// What the endpoint works with.
    ///
    /// @param queries asks all regions, as HTTP does
    /// @param currency of prices here
    /// @param version of Sheaf, as clients are told
    public record Parts(
            QueryService queries,
            StatementRecords records,
            Ledger ledger,
            MeshRegistry registry,
            Governance governance,
            TokenVerifier tokens,
            Audit audit,
            String currency,
            String version,
            Tracer tracer) {}

    /// Listens when this returns; empty when the configuration says that it does not.
    ///
    /// @param http how the node listens, with its files in place
    /// @throws dev.sheaf.kernel.Problem CONFLICT, INVALID_CONFIGURATION
    public static Optional<FlightSqlDoor> open(
            NodeConfig config, HttpSettings http, Parts parts, SecureRandom random, Clock clock) {
        if (!config.flightSql().enabled()) {
            return Optional.empty();
        }
        BufferAllocator memory = new RootAllocator();
        ExecutorService calls =
                Executors.newThreadPerTaskExecutor(task ->
                        Thread.ofVirtual()
                                .name("flight-sql")
                                .unstarted(Context.current().wrap(task)));
        try {
            CallerGate gate =
                    new CallerGate(
                            parts.tokens(),
                            parts.audit(),
                            parts.currency(),
                            config.limits().requestsMax());
            FlightSqlServer server =
                    FlightSqlServer.start(
                            place(config, http),
                            producer(config, parts, memory, calls, random, clock),
                            gate,
                            memory,
                            calls);
            return Optional.of(new FlightSqlDoor(server, calls, memory));
        } catch (RuntimeException e) {
            calls.close();
            memory.close();
            throw e;
        }
    }

    private static FlightSqlServer.Place place(NodeConfig config, HttpSettings http) {
        boolean isOpen = http.tls().isPresent() || config.listen().loopback();
        return new FlightSqlServer.Place(
                isOpen ? http.address() : LOOPBACK,
                config.flightSql().port(http.port()),
                config.flightSql().port().isEmpty(),
                http.tls(),
                Math.toIntExact(http.headersMax().bytes()));
    }

    private static SqlProducer producer(
            NodeConfig config,
            Parts parts,
            BufferAllocator memory,
            Executor calls,
            SecureRandom random,
            Clock clock) {
        String catalog = config.links().mesh();
        SqlStatements statements =
                new SqlStatements(
                        parts.queries(),
                        parts.records(),
                        parts.tokens(),
                        new CallerPlaces(
                                config.engine().queryWorkersMax(), config.engine().waitMax()),
                        catalog,
                        config.limits().idleMax(),
                        parts.tracer());
        SqlMetadata metadata =
                new SqlMetadata(
                        catalog,
                        new VisibleTables(parts.ledger(), parts.registry(), parts.governance()),
                        memory,
                        config.limits().idleMax());
        int preparedMax = config.flightSql().preparedMax();
        return new SqlProducer(
                statements,
                metadata,
                SqlFacts.of(parts.version(), QueryConfig.STATEMENT_CHARACTERS_MAX),
                new Handles<>(
                        "prepared statements",
                        config.flightSql().preparedLife(),
                        preparedMax,
                        random,
                        clock),
                new Handles<>(
                        "planned statements",
                        config.flightSql().ticketLife(),
                        preparedMax,
                        random,
                        clock),
                calls);
    }

    /// Where clients find it.
    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        calls.close();
        memory.close();
    }
}
