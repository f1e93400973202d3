package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// What clients can do to a node over Flight SQL that no good driver does.
@Timeout(120)
final class FlightSqlProtocolTest extends RunningNode {
    private static final List<String> READER = List.of("catalog.read", "query.run");
    private static final String MANY =
            "SELECT range AS i, 'row ' || range AS t FROM range(9000000)";

    private final MovingClock clock = new MovingClock();
    private final BufferAllocator memory = new RootAllocator();
    private ManagedChannel channel = null_();
    private FlightClient flight = null_();
    private FlightSqlClient client = null_();

    @BeforeEach
    void start() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                data.resolve("sheaf.yaml"),
                "engine: {queryWorkersMax: 2, waitMax: 30s}\nlimits: {idleMax: 1s}\n"
                        + "flightSql: {preparedMax: 3}\n");
        open(clock);
        URI url = node.flightSql().orElseThrow();
        channel =
                NettyChannelBuilder.forAddress(url.getHost(), url.getPort())
                        .usePlaintext()
                        .maxInboundMessageSize(64 << 20)
                        .build();
        flight = FlightGrpcUtils.createFlightClientWithSharedChannel(memory, channel);
        client = new FlightSqlClient(flight);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        channel.shutdownNow();
        memory.close();
    }

    @Test
    void ticketsAndStatementsAreTheirCallersAloneAndEnd() throws Exception {
        CallOption olga = as("olga");
        CallOption otto = as("otto");
        FlightInfo info = client.execute("SELECT 7 AS n", olga);
        Ticket ticket = info.getEndpoints().getFirst().getTicket();
        assertEquals(FlightStatusCode.NOT_FOUND, refused(() -> read(ticket, otto)));
        assertEquals(1, read(ticket, olga));
        clock.advance(Duration.ofMinutes(11));
        assertEquals(FlightStatusCode.NOT_FOUND, refused(() -> read(ticket, olga)));

        FlightInfo again = client.execute("SELECT 7 AS n", olga);
        assertEquals(
                CancelStatus.NOT_CANCELLABLE,
                client.cancelFlightInfo(new CancelFlightInfoRequest(again), otto).getStatus());
        assertEquals(
                CancelStatus.CANCELLED,
                client.cancelFlightInfo(new CancelFlightInfoRequest(again), olga).getStatus());
        assertEquals(
                FlightStatusCode.NOT_FOUND,
                refused(() -> read(again.getEndpoints().getFirst().getTicket(), olga)));

        for (int i = 0; i < 3; i++) {
            client.prepare("SELECT " + i, otto);
        }
        assertEquals(
                FlightStatusCode.RESOURCE_EXHAUSTED,
                refused(() -> client.prepare("SELECT 4", otto)));
        PreparedStatement own = client.prepare("SELECT 5", olga);
        assertEquals(1, read(own.execute(olga).getEndpoints().getFirst().getTicket(), olga));
        own.close(olga);
    }

    @Test
    void aClientThatNeverReadsIsEndedAndKeepsNobodyOut() throws Exception {
        CallOption olga = as("olga");
        FlightStream unread = flight.getStream(ticket(MANY, olga), olga);
        assertTrue(unread.next());
        // One worker is left to others, and her own next statement waits for her first to end.
        assertEquals(1, read(ticket("SELECT 1", as("otto")), as("otto")));
        assertEquals(1, read(ticket("SELECT 1", olga), olga));
        FlightRuntimeException told =
                assertThrows(
                        FlightRuntimeException.class,
                        () -> {
                            while (unread.next()) {
                                // what was under way
                            }
                        });
        assertEquals(FlightStatusCode.TIMED_OUT, told.status().code());
        unread.close();
    }

    @Test
    void aTokenThatIsOverEndsItsStream() throws Exception {
        CallOption olga = as("olga");
        try (FlightStream stream = flight.getStream(ticket(MANY, olga), olga)) {
            assertTrue(stream.next());
            clock.advance(Duration.ofHours(13));
            FlightRuntimeException told =
                    assertThrows(
                            FlightRuntimeException.class,
                            () -> {
                                while (stream.next()) {
                                    // what was under way
                                }
                            });
            assertEquals(FlightStatusCode.UNAUTHENTICATED, told.status().code());
        }
    }

    @Test
    void cancellingEndsWhatRuns() throws Exception {
        CallOption olga = as("olga");
        String endless =
                "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range %"
                        + " 7 = 9";
        FlightInfo info = client.execute(endless, olga);
        FlightStream stream = flight.getStream(info.getEndpoints().getFirst().getTicket(), olga);
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> assertThrows(FlightRuntimeException.class, stream::next));
        assertEquals(
                CancelStatus.CANCELLED,
                client.cancelFlightInfo(new CancelFlightInfoRequest(info), olga).getStatus());
        stream.cancel("enough", null);
        reader.join();
        stream.close();
        // Its worker is free again: both work at once.
        assertEquals(1, read(ticket("SELECT 1", olga), olga));
        assertEquals(1, read(ticket("SELECT 1", as("otto")), as("otto")));
    }

    @Test
    void garbageIsRefusedAndNothingBreaks() {
        CallOption olga = as("olga");
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertThrows(FlightRuntimeException.class, () -> read(new Ticket(bytes), olga));
            assertThrows(
                    FlightRuntimeException.class,
                    () -> flight.getInfo(FlightDescriptor.command(bytes), olga));
            assertThrows(
                    FlightRuntimeException.class,
                    () ->
                            flight.doAction(new Action("CreatePreparedStatement", bytes), olga)
                                    .forEachRemaining(any -> {}));
        }
        assertEquals(
                FlightStatusCode.INVALID_ARGUMENT,
                refused(() -> flight.getInfo(FlightDescriptor.path("sales", "orders"), olga)));
        assertEquals(FlightStatusCode.UNAUTHENTICATED, refused(() -> client.execute("SELECT 1")));
        assertEquals(
                FlightStatusCode.UNAUTHENTICATED,
                refused(() -> client.execute("SELECT 1", header("authorization", "Basic ?"))));
        assertEquals(
                FlightStatusCode.UNAUTHORIZED,
                refused(() -> client.executeUpdate("DELETE FROM sales.orders", olga)));
        assertEquals(FlightStatusCode.UNAUTHORIZED, refused(() -> client.beginTransaction(olga)));
        assertEquals(
                FlightStatusCode.INVALID_ARGUMENT,
                refused(() -> client.execute("SELECT 1", olga, header("timeoutseconds", "soon"))));
    }

    @Test
    void columnsAreListedAsTheyAreAnswered() throws Exception {
        SmallShop.publish(
                operator,
                folder,
                SmallShop.ORDERS,
                "azure/westeurope",
                "",
                "id integer, ratio number, day date, at timestamp, ok boolean, text string",
                "id,ratio,day,at,ok,text\n1,0.5,2026-01-02,2026-01-02T03:04:05Z,true,x\n");
        CallOption olga = as("olga");
        FlightInfo info = client.getTables(null, "sales", "orders", null, true, olga);
        Schema listed;
        try (FlightStream stream =
                flight.getStream(info.getEndpoints().getFirst().getTicket(), olga)) {
            assertTrue(stream.next());
            byte[] bytes = (byte[]) stream.getRoot().getVector("table_schema").getObject(0);
            listed =
                    org.apache.arrow.vector.ipc.message.MessageSerializer.deserializeSchema(
                            new org.apache.arrow.vector.ipc.ReadChannel(
                                    Channels.newChannel(new ByteArrayInputStream(bytes))));
        }
        Schema answered = client.execute("SELECT * FROM sales.orders", olga).getSchema();
        assertEquals(shown(answered), shown(listed));
        try (FlightStream stream =
                flight.getStream(
                        client.getXdbcTypeInfo(olga).getEndpoints().getFirst().getTicket(), olga)) {
            assertTrue(stream.next());
            assertEquals(15, stream.getRoot().getRowCount());
        }
    }

    private static List<String> shown(Schema schema) {
        return schema.getFields().stream().map(FlightSqlProtocolTest::shown).toList();
    }

    private static String shown(Field field) {
        return field.getName() + " " + field.getType();
    }

    private Ticket ticket(String sql, CallOption caller) {
        return client.execute(sql, caller).getEndpoints().getFirst().getTicket();
    }

    private long read(Ticket ticket, CallOption caller) throws Exception {
        long rows = 0;
        try (FlightStream stream = flight.getStream(ticket, caller)) {
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
        }
        return rows;
    }

    private CallOption as(String subject) {
        return header("authorization", "Bearer " + token(subject, READER, List.of(), "*"));
    }

    private static CallOption header(String name, String value) {
        CallHeaders headers = new FlightCallHeaders();
        headers.insert(name, value);
        return new HeaderCallOption(headers);
    }

    private static FlightStatusCode refused(Executable call) {
        return assertThrows(FlightRuntimeException.class, call).status().code();
    }
}
