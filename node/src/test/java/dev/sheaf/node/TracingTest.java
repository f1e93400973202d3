package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ClientOptions;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.LinkFault;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import io.opentelemetry.proto.trace.v1.Span;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;

/// A caller's trace through two nodes, and what of it a collector gets.
@Timeout(120)
final class TracingTest extends TwoRegions {
    private static final List<String> BOTH = List.of(AWS, AZURE);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String RELEASE_TRACE = "7b00000000000000000000000000e4f1";
    private static final String RELEASE_PARENT = "00-" + RELEASE_TRACE + "-00f067aa0ba902b8-01";
    private static final String NOTES =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: test.notes
            domain: testing
            versions:
              - version: "1.0"
                schema:
                  type: object
                  properties:
                    title: {type: string}
            residency: {regions: [aws/us-east-1, azure/westeurope]}
            staleness: critical
            """;
    private static final String COUNTED =
            "SELECT country, count(*) AS n FROM customer.customers GROUP BY country ORDER BY 1";

    private final SpanCollector collector;

    TracingTest() throws IOException {
        super("query.run", "catalog.read");
        collector = new SpanCollector();
    }

    @AfterEach
    void end() {
        collector.close();
    }

    @Test
    void aCallersTraceGoesThroughAllRegionsThatWorkForIt() throws IOException, SQLException {
        for (String region : BOTH) {
            startAmong(
                    BOTH,
                    region,
                    "tracing: {endpoint: '"
                            + collector.address()
                            + "'}\nreplicas: {interval: 100ms}\n");
        }
        SmallShop.publish(
                operator(AZURE),
                folder,
                SmallShop.CUSTOMERS,
                AZURE,
                "{property: sheaf.retentionDays, value: 90}",
                "id integer, name string name, email string email, country string",
                "id,name,email,country\n10,Ada hushedvalue,ada@hushedvalue.example,FR\n");
        until(
                "publishing is traced with its phases",
                () ->
                        collector
                                .names()
                                .containsAll(List.of("publish", "publish read", "publish commit")));
        SheafClient aws = operator(AWS);
        until(
                "it is known",
                () -> aws.products().stream().anyMatch(each -> each.currentRelease().isPresent()));

        String token = token(AWS, "olga", "*");
        try (SheafClient traced =
                new SheafClient(
                        Objects.requireNonNull(nodes.get(AWS)).url(),
                        () -> token,
                        ClientOptions.DEFAULT.traced(Optional.of(PARENT)))) {
            assertEquals("[[FR, 1]]", traced.queryTable(request(COUNTED)).rows().toString());
            Problem told =
                    assertThrows(Problem.class, () -> traced.queryTable(request("SELECT nothing")));
            assertEquals(TRACE, told.details().get("traceId"));
        }
        until(
                "both nodes' spans are there",
                () ->
                        collector
                                .names(TRACE)
                                .containsAll(
                                        List.of(
                                                "POST /api/v1/queries",
                                                "query",
                                                "sub-query",
                                                "sub-query at home")));
        // What is above ends, and is exported, later.
        until("each hangs below one of the same trace", this::isConnected);
        String all = collector.spans().toString();
        assertFalse(all.contains(SmallShop.HIDDEN), all);
        assertFalse(all.contains("SELECT"), all);
        assertFalse(all.contains("olga"), all);

        Properties properties = new Properties();
        properties.setProperty("token", token);
        properties.setProperty("traceparent", PARENT);
        try (Connection connection =
                JdbcRows.connect(Objects.requireNonNull(nodes.get(AWS)), properties)) {
            assertEquals(List.of("FR|1"), JdbcRows.of(connection, COUNTED));
        }
        until("Flight SQL is traced", () -> collector.names(TRACE).contains("flight-sql query"));
        assertTrue(
                Files.readString(data(AWS).resolve("logs/node.jsonl"))
                        .contains("spans are exported"));
        aCopyIsInTheTraceOfWhoOrderedIt();
        whatCrossesALinkAgainIsSeenAndSoIsWhoWaitsForIt(aws);
    }

    private void aCopyIsInTheTraceOfWhoOrderedIt() throws IOException {
        String columns = "id integer, title string";
        String rows = "id,title\n100,lamp\n";
        SmallShop.publish(operator(AZURE), folder, SmallShop.THINGS, AZURE, "", columns, rows);
        try (SheafClient owner =
                new SheafClient(
                        Objects.requireNonNull(nodes.get(AZURE)).url(),
                        TokenSource.file(data(AZURE).resolve("keys/operator.token")),
                        ClientOptions.DEFAULT.traced(Optional.of(RELEASE_PARENT)))) {
            String placed = "{property: sheaf.replicas, value: [" + AWS + "]}";
            owner.apply(newer(SmallShop.manifests(SmallShop.THINGS, AZURE, placed, columns)));
            until("who places a copy has it in their trace", () -> copies() == 1);
            Path more = Files.writeString(folder.resolve("more.csv"), "id,title\n101,chair\n");
            RunInfo run =
                    owner.publish(SmallShop.THINGS, List.of(Upload.of(more)), false, bytes -> {});
            assertEquals(RunState.COMMITTED, owner.await(run.id(), any -> {}).state());
        }
        until("who publishes has the next one in theirs", () -> copies() == 2);
        until(
                "so are the requests",
                () ->
                        collector
                                .names(RELEASE_TRACE)
                                .containsAll(List.of("POST /api/v1/applies", "publish")));
        Span copy = named("replica copy");
        assertEquals(AZURE, SpanCollector.text(copy, "sheaf.region"));
        assertEquals("catalog.things", SpanCollector.text(copy, "sheaf.product"));
        assertEquals(1, SpanCollector.number(copy, "sheaf.rows"));
        assertTrue(SpanCollector.number(copy, "sheaf.bytes") > 0, copy::toString);
        until(
                "what the home does for a copy hangs below it",
                () ->
                        collector.spans(RELEASE_TRACE).stream()
                                .filter(span -> span.getParentSpanId().equals(copy.getSpanId()))
                                .anyMatch(span ->
                                        span.getName().equals("replica description at home")));
        assertEquals(
                2,
                collector.names().stream().filter("replica copy"::equals).count(),
                "looking whether something is new is no copy");
    }

    private long copies() {
        return collector.names(RELEASE_TRACE).stream().filter("replica copy"::equals).count();
    }

    private static Manifests newer(Manifests manifests) {
        return new Manifests(
                manifests.files().stream()
                        .map(file ->
                                new ManifestFile(
                                        file.path(),
                                        new String(file.content(), StandardCharsets.UTF_8)
                                                .replace("version: 1.0.0", "version: 1.1.0")
                                                .getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                Optional.empty());
    }

    private void whatCrossesALinkAgainIsSeenAndSoIsWhoWaitsForIt(SheafClient aws) {
        SheafClient azure = operator(AZURE);
        byte[] type = NOTES.getBytes(StandardCharsets.UTF_8);
        List.of(aws, azure).forEach(each -> each.contexts().applyType("test.notes", type));
        ContextKey note = new ContextKey("test.notes", "zq-a-person");
        aws.contexts().injectFault(AZURE, LinkFault.cut("both"));
        until(
                "the link is down",
                () -> aws.contexts().links().stream().noneMatch(link -> link.state().equals("up")));
        azure.contexts()
                .put(
                        note,
                        "{\"title\": \"zq-secret\"}".getBytes(StandardCharsets.UTF_8),
                        ContextWrite.DEFAULT);
        try (SheafClient traced =
                new SheafClient(
                        Objects.requireNonNull(nodes.get(AWS)).url(),
                        TokenSource.file(data(AWS).resolve("keys/operator.token")),
                        ClientOptions.DEFAULT.traced(Optional.of(PARENT)))) {
            ContextRead fresh =
                    new ContextRead(
                            Optional.of("100ms"),
                            Optional.of("200ms"),
                            Optional.empty(),
                            Optional.empty(),
                            false);
            Problem stale = assertThrows(Problem.class, () -> traced.contexts().read(note, fresh));
            assertEquals(ProblemCode.STALE, stale.code());
        }
        until("the wait is seen", () -> collector.names(TRACE).contains("context wait"));
        assertEquals("STALE", SpanCollector.text(named("context wait"), "error.type"));
        aws.contexts().injectFault(AZURE, LinkFault.heal());
        until("what came is seen", () -> isCaughtUp(AZURE));
        String all = collector.spans().toString();
        assertFalse(all.contains("zq-"), all);
    }

    private boolean isCaughtUp(String from) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals("context catch-up"))
                .filter(span -> SpanCollector.text(span, "sheaf.region").equals(from))
                .filter(span -> SpanCollector.number(span, "sheaf.events") > 0)
                .anyMatch(span -> SpanCollector.number(span, "sheaf.bytes") > 0);
    }

    private Span named(String name) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Up to the caller's own.
    private boolean isConnected() {
        Set<String> ids = new HashSet<>(Set.of("00f067aa0ba902b7"));
        List<Span> spans = collector.spans(TRACE);
        spans.forEach(span -> ids.add(SpanCollector.hex(span.getSpanId().toByteArray())));
        return spans.stream()
                .map(span -> SpanCollector.hex(span.getParentSpanId().toByteArray()))
                .allMatch(ids::contains);
    }

    @Test
    void withoutACollectorNothingIsMissingAndTheTraceIsTold() throws IOException {
        startAmong(List.of(AWS), AWS, "");
        String token = token(AWS, "olga", "*");
        try (SheafClient traced =
                        new SheafClient(
                                Objects.requireNonNull(nodes.get(AWS)).url(),
                                () -> token,
                                ClientOptions.DEFAULT.traced(Optional.of(PARENT)));
                SheafClient garbled =
                        new SheafClient(
                                Objects.requireNonNull(nodes.get(AWS)).url(),
                                () -> token,
                                ClientOptions.DEFAULT.traced(Optional.of("00-nonsense")))) {
            assertEquals("[[1]]", traced.queryTable(request("SELECT 1")).rows().toString());
            assertEquals("[[1]]", garbled.queryTable(request("SELECT 1")).rows().toString());
            Problem told =
                    assertThrows(Problem.class, () -> traced.queryTable(request("SELECT nothing")));
            assertEquals(TRACE, told.details().get("traceId"));
            Problem untold =
                    assertThrows(
                            Problem.class, () -> garbled.queryTable(request("SELECT nothing")));
            assertFalse(untold.details().containsKey("traceId"));
        }
        assertEquals(List.of(), collector.spans());
    }

    private static QueryRequest request(String sql) {
        return new QueryRequest(
                sql,
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
