package dev.sheaf.bench.flightsql;

import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.PolicyApply;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.Node;
import dev.sheaf.node.NodeOptions;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A node with one product of five columns, of which a caller sees one masked and a part of the
/// rows, and that caller as a Flight SQL client.
///
/// @param file the rows as they were published
record ShopNode(
        Node node,
        SheafClient operator,
        Path file,
        BufferAllocator memory,
        ManagedChannel channel,
        FlightClient flight,
        FlightSqlClient client,
        CallOption caller)
        implements AutoCloseable {
    static final int HIDDEN_OF = 10;
    static final String FILTER = "id % 10 < 9";
    private static final ProductName LINES = ProductName.parse("sales.lines");
    private static final int MESSAGE_BYTES_MAX = 256 << 20;
    private static final int FLOW_CONTROL_BYTES = 8 << 20;

    private static final String RULES =
            """
            package rules.bench

            filter contains "id % 10 < 9" if input.action == "product.query"

            mask["email"] := {"kind": "null"} if input.action == "product.query"
            """;

    static ShopNode start(long rows) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("flight-sql-bench");
        Path file = folder.resolve("lines.parquet");
        try (Connection bare = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = bare.createStatement()) {
            statement.execute(
                    "COPY (SELECT range AS id, range % 50000 AS customer, range % 977 AS amount,"
                            + " DATE '2026-01-01' + (range % 365)::INTEGER AS day, 'c' || (range %"
                            + " 50000) || '@example.org' AS email FROM range("
                            + rows
                            + ")) TO '"
                            + file
                            + "' (FORMAT parquet)");
        }
        Path data = folder.resolve("node");
        Node node =
                Node.start(
                        new NodeOptions(
                                data,
                                Optional.empty(),
                                Optional.of(RegionName.parse("azure/westeurope")),
                                OptionalInt.of(0)),
                        Clock.systemUTC());
        SheafClient operator =
                new SheafClient(node.url(), TokenSource.file(data.resolve("keys/operator.token")));
        publish(operator, file);
        URI url = node.flightSql().orElseThrow();
        BufferAllocator memory = new RootAllocator();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(url.getHost(), url.getPort())
                        .usePlaintext()
                        .directExecutor()
                        .flowControlWindow(FLOW_CONTROL_BYTES)
                        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                        .build();
        FlightClient flight = FlightGrpcUtils.createFlightClientWithSharedChannel(memory, channel);
        FlightCallHeaders headers = new FlightCallHeaders();
        headers.insert(
                "authorization",
                "Bearer "
                        + operator.createToken(
                                        new TokenRequest(
                                                "olga",
                                                List.of("query.run", "catalog.read"),
                                                List.of("*"),
                                                List.of(),
                                                OptionalLong.empty()))
                                .token());
        return new ShopNode(
                node,
                operator,
                file,
                memory,
                channel,
                flight,
                new FlightSqlClient(flight),
                new HeaderCallOption(headers));
    }

    private static void publish(SheafClient operator, Path file) {
        operator.apply(manifests());
        RunInfo run = operator.publish(LINES, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo ended = operator.await(run.id(), any -> {});
        if (ended.state() != RunState.COMMITTED) {
            throw new IllegalStateException(ended.toString());
        }
        operator.policies()
                .apply(
                        new PolicyApply(
                                Map.of("bench.rego", RULES),
                                OptionalInt.empty(),
                                Optional.of(true),
                                "",
                                OptionalLong.empty()));
    }

    private static Manifests manifests() {
        return new Manifests(
                List.of(
                        file(
                                "sales.yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: sales
                                homeRegion: azure/westeurope
                                owner: owner@example.com
                                """),
                        file(
                                "lines.product.yaml",
                                """
                                apiVersion: v1.0.0
                                kind: DataProduct
                                id: sales.lines
                                name: lines
                                domain: sales
                                version: 1.0.0
                                status: active
                                outputPorts:
                                  - {name: lines, version: 1.0.0, contractId: sales.lines}
                                """),
                        file(
                                "lines.contract.yaml",
                                """
                                apiVersion: v3.1.0
                                kind: DataContract
                                id: sales.lines
                                version: 1.0.0
                                status: active
                                domain: sales
                                dataProduct: lines
                                schema:
                                  - name: lines
                                    physicalType: table
                                    properties:
                                      - {name: id, logicalType: integer, tags: [not-personal]}
                                      - {name: customer, logicalType: integer, tags: [not-personal]}
                                      - {name: amount, logicalType: integer, tags: [not-personal]}
                                      - {name: day, logicalType: date, tags: [not-personal]}
                                      - {name: email, logicalType: string, classification: email}
                                """)),
                Optional.empty());
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// All rows of a statement, counted.
    long read(String sql) {
        long rows = 0;
        try (FlightStream stream =
                flight.getStream(
                        client.execute(sql, caller).getEndpoints().getFirst().getTicket(),
                        caller)) {
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a stream did not close", e);
        }
        return rows;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        operator.close();
        node.close();
    }
}
