package dev.sheaf.node.flightsql;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.federation.FlightLibrary;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.http.PemKeyStore;

import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;

import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.FlightProducer;
import org.apache.arrow.flight.auth.ServerAuthHandler;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

/// The listener for Flight SQL clients.
final class FlightSqlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlightSqlServer.class);
    private static final Set<String> USED =
            Set.of(
                    "Handshake",
                    "ListFlights",
                    "GetFlightInfo",
                    "GetSchema",
                    "DoGet",
                    "DoPut",
                    "DoAction",
                    "ListActions");

    private static final int MESSAGE_BYTES_MAX = 16 << 20;
    private static final int FLOW_CONTROL_BYTES = 4 << 20;
    private static final int CALLS_PER_CONNECTION_MAX = 64;
    private static final long HANDSHAKE_SECONDS_MAX = 10;
    private static final long UNUSED_CONNECTION_HOURS_MAX = 1;
    private static final long PULSE_SECONDS = 30;
    private static final long END_SECONDS_MAX = 3;

    private final Server server;
    private final URI url;

    private FlightSqlServer(Server server, URI url) {
        this.server = server;
        this.url = url;
    }

    /// How it listens.
    ///
    /// @param mayMove whether any free port will do when this one is in use
    record Place(
            String host,
            int port,
            boolean mayMove,
            Optional<HttpSettings.Tls> tls,
            int headersBytesMax) {}

    /// Listens when this returns.
    ///
    /// @param calls has a thread for each call, with the call's context
    /// @throws Problem CONFLICT when the port is in use, INVALID_CONFIGURATION for a certificate
    ///   that cannot be used
    static FlightSqlServer start(
            Place place,
            FlightProducer producer,
            ServerInterceptor gate,
            BufferAllocator memory,
            ExecutorService calls) {
        FlightLibrary.prepare();
        Server server = listening(place, producer, gate, memory, calls);
        String scheme = place.tls().isPresent() ? "grpc+tls" : "grpc";
        String host = place.host().contains(":") ? "[" + place.host() + "]" : place.host();
        URI url = URI.create(scheme + "://" + host + ":" + server.getPort());
        LOG.info("listening for Flight SQL clients at {}", url);
        return new FlightSqlServer(server, url);
    }

    private static Server listening(
            Place place,
            FlightProducer producer,
            ServerInterceptor gate,
            BufferAllocator memory,
            ExecutorService calls) {
        try {
            return server(place, place.port(), producer, gate, memory, calls).start();
        } catch (IOException e) {
            if (!place.mayMove()) {
                throw inUse(place, e);
            }
            LOG.info("port {} is in use; Flight SQL takes any free one", place.port());
        }
        try {
            return server(place, 0, producer, gate, memory, calls).start();
        } catch (IOException e) {
            throw inUse(place, e);
        }
    }

    private static Problem inUse(Place place, IOException cause) {
        return new Problem(
                ProblemCode.CONFLICT,
                "cannot listen for Flight SQL clients on "
                        + place.host()
                        + ":"
                        + place.port()
                        + " (in use by another program, or not an address of this machine): choose"
                        + " another flightSql.port, 0 for any, or flightSql.enabled: false",
                cause);
    }

    private static Server server(
            Place place,
            int port,
            FlightProducer producer,
            ServerInterceptor gate,
            BufferAllocator memory,
            ExecutorService calls) {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(place.host(), port))
                        .executor(calls)
                        .addService(
                                ServerInterceptors.intercept(
                                        FlightLibrary.plain(
                                                FlightGrpcUtils.createFlightService(
                                                                memory,
                                                                producer,
                                                                ServerAuthHandler.NO_OP,
                                                                calls)
                                                        .bindService(),
                                                USED),
                                        gate))
                        .flowControlWindow(FLOW_CONTROL_BYTES)
                        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                        .maxInboundMetadataSize(place.headersBytesMax())
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
                        .maxConnectionIdle(UNUSED_CONNECTION_HOURS_MAX, TimeUnit.HOURS)
                        .handshakeTimeout(HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS)
                        .keepAliveTime(PULSE_SECONDS, TimeUnit.SECONDS)
                        .keepAliveTimeout(PULSE_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveTime(PULSE_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true);
        place.tls().ifPresent(tls -> builder.sslContext(encrypted(tls)));
        return builder.build();
    }

    private static SslContext encrypted(HttpSettings.Tls tls) {
        PemKeyStore.Pair pair = PemKeyStore.pair(tls.certificates(), tls.key(), "listen.tls");
        try {
            return GrpcSslContexts.configure(
                            SslContextBuilder.forServer(
                                    pair.key(), pair.chain().toArray(X509Certificate[]::new)))
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "listen.tls cannot be used for Flight SQL: " + e.getMessage(),
                    e);
        }
    }

    URI url() {
        return url;
    }

    /// Calls that are open are lost.
    @Override
    public void close() {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("Flight SQL connections did not end in {} s", END_SECONDS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
