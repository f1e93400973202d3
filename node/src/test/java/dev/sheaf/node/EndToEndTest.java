package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.Plan;
import dev.sheaf.client.PlannedChange;
import dev.sheaf.client.ProductHealth;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.TokenSource;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The main job from declaration to answer, with every real part: the example mesh, dirty files,
/// SQL.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EndToEndTest {
    private static final ProductName ORDERS = ProductName.parse("sales.orders");
    private static final Path EXAMPLES = Path.of(System.getProperty("sheaf.repo"), "examples");

    @TempDir static Path folder;

    private static Node node;
    private static SheafClient client;

    @BeforeAll
    static void start() {
        Path data = folder.resolve("data");
        node =
                Node.start(
                        new NodeOptions(
                                data, Optional.empty(), Optional.empty(), OptionalInt.of(0)),
                        Clock.systemUTC());
        client =
                new SheafClient(
                        node.url(),
                        TokenSource.file(data.resolve("keys").resolve("operator.token")));
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    @Test
    @Order(1)
    void aPlanShowsWhatApplyDoesAndApplyingTwiceChangesNothing() throws IOException {
        Manifests mesh = manifests(EXAMPLES.resolve("mesh"));
        Plan plan = client.plan(mesh);
        assertTrue(plan.applicable(), plan.problems().toString());
        assertEquals(
                plan.digest(),
                client.apply(new Manifests(mesh.files(), Optional.of(plan.digest())))
                        .plan()
                        .digest());
        Plan again = client.plan(mesh);
        assertTrue(
                again.changes().stream()
                        .allMatch(change -> change.action() == PlannedChange.Action.UNCHANGED));
        assertEquals(ProductHealth.Status.EMPTY, client.health(ORDERS).status());
    }

    @Test
    @Order(2)
    void aDirtyFileBecomesAReleaseAndAQuarantine() throws IOException {
        RunInfo run = publish("2010-12-01.csv");
        assertEquals(RunState.COMMITTED, run.state(), run.toString());
        assertEquals(run.rowsIn(), run.rowsPublished() + run.rowsQuarantined());
        assertTrue(run.rowsQuarantined() > 0);
        assertEquals(OptionalLong.of(1), run.release());
        ResultTable rejected = client.quarantineTable(run.id(), 5);
        assertTrue(rejected.rows().size() >= 5, rejected.toString());
        assertEquals("rule", rejected.columns().getFirst().name());
    }

    @Test
    @Order(3)
    void theSameFileAgainChangesNothing() throws IOException {
        assertEquals(RunState.UNCHANGED, publish("2010-12-01.csv").state());
        assertEquals(1, client.releases(ORDERS).size());
    }

    @Test
    @Order(4)
    void sqlReadsTheReleaseInEveryForm() throws IOException {
        long rows = client.releases(ORDERS).getFirst().rowsTotal().getAsLong();
        QueryRequest count = query("SELECT count(*) AS n FROM sales.orders");
        ResultTable answer = client.queryTable(count);
        assertEquals(List.of(List.of((Object) (int) rows)), answer.rows());
        assertEquals("BIGINT", answer.columns().getFirst().type());
        assertEquals("n\r\n" + rows + "\r\n", text(count, ResultFormat.CSV));
        assertEquals("{\"n\":" + rows + "}\n", text(count, ResultFormat.NDJSON));
        assertTrue(text(count, ResultFormat.PARQUET).startsWith("PAR1"));
        assertFalse(text(count, ResultFormat.ARROW).isEmpty());
        assertEquals(3, client.sample(ORDERS, 3).rows().size());
    }

    @Test
    @Order(5)
    void anEarlierReleaseIsReadByItsNumberAndMadeCurrentAgain() throws IOException {
        long before = count("SELECT count(*) FROM sales.orders");
        assertEquals(RunState.COMMITTED, publish("2010-12-02.csv").state());
        long after = count("SELECT count(*) FROM sales.orders");
        assertTrue(after > before);
        assertEquals(before, count("SELECT count(*) FROM sales.orders FOR VERSION AS OF 1"));
        assertTrue(client.rollback(ORDERS, 1).current());
        assertEquals(before, count("SELECT count(*) FROM sales.orders"));
        assertTrue(client.rollback(ORDERS, 2).current());
        assertEquals(2, client.product(ORDERS).currentRelease().orElseThrow().release());
        assertEquals(2, client.releases(ORDERS).size());
    }

    @Test
    @Order(6)
    void aBadFileIsRefusedAndTheLastReleaseStays() throws IOException {
        long before = count("SELECT count(*) FROM sales.orders");
        RunInfo run = publish("../bad/2010-12-10-in-pence.csv");
        assertEquals(RunState.REFUSED, run.state(), run.toString());
        assertEquals("RELEASE_REFUSED", run.problem().orElseThrow().code());
        assertEquals(before, count("SELECT count(*) FROM sales.orders"));
        assertEquals(ProductHealth.Status.DEGRADED, client.health(ORDERS).status());
    }

    @Test
    @Order(7)
    void whatATokenDoesNotCoverLooksAsIfItDidNotExist() {
        String stranger =
                client.createToken(
                                new TokenRequest(
                                        "eve",
                                        List.of("catalog.read", "query.run", "product.publish"),
                                        List.of("inventory"),
                                        List.of(),
                                        OptionalLong.empty()))
                        .token();
        try (SheafClient eve = new SheafClient(node.url(), () -> stranger)) {
            assertTrue(eve.products().stream().allMatch(p -> p.name().startsWith("inventory.")));
            ProductName never = ProductName.parse("sales.never");
            assertEquals(
                    told(() -> eve.product(never)).replace("sales.never", "sales.orders"),
                    told(() -> eve.product(ORDERS)));
            assertEquals(
                    ProblemCode.NOT_FOUND,
                    assertThrows(
                                    Problem.class,
                                    () -> eve.queryTable(query("SELECT * FROM sales.orders")))
                            .code());
            assertEquals(
                    ProblemCode.NOT_FOUND,
                    assertThrows(Problem.class, () -> eve.rollback(ORDERS, 1)).code());
            assertEquals(
                    ProblemCode.FORBIDDEN,
                    assertThrows(Problem.class, () -> eve.plan(manifests(EXAMPLES.resolve("mesh"))))
                            .code());
        }
    }

    @Test
    @Order(8)
    void sqlThatIsNotAllowedIsRefusedAndAFailedStatementSaysWhy() {
        assertEquals(
                ProblemCode.SQL_NOT_ALLOWED,
                assertThrows(
                                Problem.class,
                                () ->
                                        client.queryTable(
                                                query("SELECT * FROM read_csv('/etc/passwd')")))
                        .code());
        assertEquals(
                ProblemCode.INVALID_SQL,
                assertThrows(Problem.class, () -> client.queryTable(query("SELEC 1"))).code());
    }

    private static String told(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(Problem.class, call).message();
    }

    private static RunInfo publish(String file) {
        Path path = EXAMPLES.resolve("data/online-retail").resolve(file);
        RunInfo started = client.publish(ORDERS, List.of(Upload.of(path)), false, bytes -> {});
        return client.await(started.id(), state -> {});
    }

    private static long count(String sql) {
        return ((Number) client.queryTable(query(sql)).rows().getFirst().getFirst()).longValue();
    }

    private static String text(QueryRequest request, ResultFormat format) throws IOException {
        try (ResultStream result = client.query(request, format)) {
            return new String(result.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static QueryRequest query(String sql) {
        return new QueryRequest(sql, OptionalInt.empty(), OptionalLong.empty());
    }

    private static Manifests manifests(Path root) throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                files.add(
                        new ManifestFile(
                                root.relativize(file).toString(), Files.readAllBytes(file)));
            }
        }
        return new Manifests(files, Optional.empty());
    }
}
