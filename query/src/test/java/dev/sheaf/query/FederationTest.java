package dev.sheaf.query;

import static dev.sheaf.query.SplitMesh.AWS;
import static dev.sheaf.query.SplitMesh.AZURE;
import static dev.sheaf.query.SplitMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.stream.Collectors.joining;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.federation.FederationLimits;
import dev.sheaf.query.federation.HeldReleases;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// What is asked of other regions, what it costs, and what happens when they refuse or fail.
@Timeout(120)
final class FederationTest {
    private static final String JOIN =
            "SELECT c.area, sum(l.amount) AS s FROM big.lines l JOIN crm.customers c ON"
                    + " l.customer_id = c.id WHERE c.area = 'EU' GROUP BY c.area";

    @TempDir static Path folder;
    private static SplitMesh mesh;
    private static QueryService service;

    @BeforeAll
    static void open() throws IOException {
        mesh = new SplitMesh(folder);
        mesh.with(
                        "big.lines",
                        AWS,
                        "SELECT i::BIGINT AS id, (i % 5000)::BIGINT AS customer_id, (i % 100 /"
                            + " 10.0)::DECIMAL(9,2) AS amount, 'x' || i AS text FROM range(60000)"
                            + " t(i)")
                .with(
                        "crm.customers",
                        AZURE,
                        "SELECT i::BIGINT AS id, CASE WHEN i % 500 = 0 THEN 'EU' ELSE 'US' END AS"
                                + " area, 'user' || i AS email FROM range(5000) t(i)")
                .with("hr.salaries", AZURE, "SELECT 1::BIGINT AS id, 'secret-wage' AS wage")
                .with("hr.reviews", AZURE, "SELECT 1::BIGINT AS id, 'secret-review' AS text")
                .with("local.few", GCP, "SELECT i::BIGINT AS id FROM range(3) t(i)")
                .decided("hr.salaries", new Decision.Deny())
                .decided("hr.reviews", new Decision.Refuse("say for what"))
                .decided(
                        "crm.customers",
                        new Decision.Allow(
                                Map.of("email", "left(email, 1) || '***'"),
                                Optional.of("id <> 0")));
        service = mesh.coordinator(GCP);
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @BeforeEach
    void allAlive() {
        mesh.dead.clear();
        mesh.dying.clear();
        mesh.slow.clear();
        mesh.lying.clear();
        mesh.asked.clear();
        mesh.shared.clear();
        mesh.explained.set(0);
    }

    @Test
    void aWholeStatementGoesToItsRegion() {
        assertEquals(
                List.of("US|4990"),
                rows(
                        "SELECT area, count(*) AS n FROM crm.customers WHERE area <> 'EU' GROUP BY"
                                + " area ORDER BY n LIMIT 1"));
        assertEquals(1, mesh.asked.size());
        assertTrue(mesh.asked.getFirst().contains("GROUP BY"), mesh.asked.getFirst());
        assertEquals(0, mesh.explained.get(), "nothing has to be known before");
    }

    @Test
    void aggregatesAndKeysGoWhereTheRowsAre() {
        QueryRun run = service.run(mesh.request(JOIN));
        try (run) {
            assertEquals(1, Results.rows(run).size());
        }
        QueryPart lines = part(run, AWS.toString());
        assertTrue(lines.sql().contains("GROUP BY"), lines.sql());
        assertTrue(lines.rows() <= 5000, "one row for each customer at most: " + lines.rows());
        FederationLimits eager =
                new FederationLimits(
                        1_000_000, ByteSize.ofMebibytes(64), 50_000, 1, Duration.ofSeconds(60));
        QueryRun keyed = mesh.coordinator(GCP, eager, HeldReleases.NONE).run(mesh.request(JOIN));
        try (keyed) {
            assertEquals(1, Results.rows(keyed).size());
        }
        assertEquals(9, part(keyed, AWS.toString()).rows(), "only the customers of the EU");
    }

    @Test
    void tooManyKeysBecomeTheirRange() {
        FederationLimits few =
                new FederationLimits(
                        1_000_000, ByteSize.ofMebibytes(64), 3, 1, Duration.ofSeconds(60));
        QueryRun run = mesh.coordinator(GCP, few, HeldReleases.NONE).run(mesh.request(JOIN));
        try (run) {
            assertEquals(rows(JOIN), Results.rows(run));
        }
        String sql = part(run, AWS.toString()).sql();
        assertTrue(sql.contains("BETWEEN") && !sql.contains("from_json"), sql);
    }

    @Test
    void keysOfMaskedColumnsStay() {
        FederationLimits eager =
                new FederationLimits(
                        1_000_000, ByteSize.ofMebibytes(64), 50_000, 1, Duration.ofSeconds(60));
        QueryRun run =
                mesh.coordinator(GCP, eager, HeldReleases.NONE)
                        .run(
                                mesh.request(
                                        "SELECT count(*) FROM big.lines l JOIN crm.customers c ON"
                                                + " l.text = c.email WHERE c.area = 'EU'"));
        try (run) {
            assertEquals(List.of("0"), Results.rows(run));
        }
        assertTrue(
                mesh.asked.stream().noneMatch(sql -> sql.contains("***")), mesh.asked.toString());
    }

    @Test
    void explainRunsNothingAndTellsAll() {
        List<String> rows = rows("EXPLAIN " + JOIN);
        assertTrue(mesh.asked.isEmpty(), mesh.asked.toString());
        assertEquals(2, rows.size());
        String customers =
                rows.stream().filter(row -> row.startsWith("crm.customers|")).findFirst().get();
        for (String part :
                List.of(
                        "|azure/westeurope|ship query|1|",
                        "USD",
                        "may go to the coordinator's region",
                        "email",
                        "row filter",
                        "FROM crm.customers")) {
            assertTrue(customers.contains(part), customers);
        }
        String lines = rows.stream().filter(row -> row.startsWith("big.lines|")).findFirst().get();
        assertTrue(lines.contains("partial aggregates") && lines.contains("join keys"), lines);
    }

    @Test
    void explainInJsonStaysTheEnginesOwn() {
        String plan = String.join("", rows("EXPLAIN (FORMAT json) " + JOIN));
        assertTrue(plan.contains("HASH_JOIN"), plan);
        assertTrue(mesh.asked.isEmpty());
    }

    @Test
    void aStatementThatCostsMoreThanAllowedDoesNotRun() {
        QueryRequest request =
                mesh.request("SELECT l.* FROM big.lines l JOIN local.few f ON l.id >= f.id")
                        .across(false, Optional.of(Money.parse("0.0001 USD", "USD")), "");
        Problem problem = assertThrows(Problem.class, () -> service.run(request));
        assertEquals(ProblemCode.COST_EXCEEDED, problem.code());
        assertTrue(problem.message().contains("big.lines from aws/us-east-1"), problem.message());
        assertTrue(mesh.asked.isEmpty(), mesh.asked.toString());
        QueryRequest cheap =
                mesh.request(JOIN).across(false, Optional.of(Money.parse("1 USD", "USD")), "");
        try (QueryRun run = service.run(cheap)) {
            assertEquals(1, Results.rows(run).size());
        }
    }

    @Test
    void whatAHomeDeniesIsDeniedWithOrWithoutPartial() {
        for (boolean isPartial : List.of(true, false)) {
            for (String from :
                    List.of(
                            "hr.salaries",
                            "hr.salaries s JOIN big.lines l ON l.id = s.id",
                            "local.few f WHERE EXISTS (FROM hr.salaries s WHERE s.id = f.id)")) {
                Problem problem = problem("SELECT count(*) FROM " + from, isPartial);
                assertEquals(ProblemCode.NOT_FOUND, problem.code(), from);
                assertFalse(problem.message().contains("secret"), problem.message());
            }
            Problem refused = problem("SELECT text FROM hr.reviews", isPartial);
            assertEquals(ProblemCode.FORBIDDEN, refused.code());
            assertTrue(refused.message().contains("azure/westeurope"), refused.message());
        }
    }

    @Test
    void aDeniedProductLooksLikeOneThatIsNotThere() {
        String denied = problem("FROM hr.salaries", false).message();
        String absent = problem("FROM hr.salariez", false).message();
        assertEquals(absent.replace("salariez", "salaries"), denied);
        assertEquals(
                problem("FROM Hr.Salariez", false).message().replace("Salariez", "Salaries"),
                problem("FROM Hr.Salaries", false).message());
    }

    @Test
    void explainOfLocalTablesTellsOfThemBeforeThePlan() {
        List<String> rows = rows("EXPLAIN SELECT count(*) FROM local.few WHERE id > 1");
        assertTrue(
                rows.getFirst().startsWith("tables|local.few release 1 in gcp"), rows.toString());
        assertTrue(rows.getLast().startsWith("physical_plan|"), rows.toString());
    }

    @Test
    void masksAndFiltersOfTheHomeHold() {
        assertEquals(
                List.of("u***"),
                rows(
                        "SELECT DISTINCT email FROM crm.customers c JOIN big.lines l ON"
                                + " l.customer_id = c.id"));
        assertEquals(
                List.of("0"),
                rows(
                        "SELECT count(*) FROM crm.customers c JOIN local.few f ON f.id = c.id WHERE"
                                + " c.id = 0 OR c.email = 'user1'"));
    }

    @Test
    void aDeadRegionEndsTheStatementWithItsName() {
        mesh.dead.add(AZURE);
        for (String sql : List.of(JOIN, "FROM crm.customers", "EXPLAIN " + JOIN)) {
            Problem problem = problem(sql, false);
            assertEquals(ProblemCode.UNAVAILABLE, problem.code());
            assertTrue(problem.message().contains("azure/westeurope"), problem.message());
        }
        assertEquals(List.of("3"), rows("SELECT count(*) FROM local.few"));
        assertEquals(List.of("60000"), rows("SELECT count(*) FROM big.lines"));
        assertEquals(0, mesh.open.get(), "the other regions' answers are ended");
    }

    @Test
    void aRegionThatDiesWhileItAnswersEndsTheStatement() {
        mesh.dying.add(AWS);
        Problem problem =
                problem("SELECT l.text FROM big.lines l JOIN local.few f ON f.id <= l.id", false);
        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        assertTrue(problem.message().contains("aws/us-east-1"), problem.message());
        assertEquals(0, mesh.open.get());
    }

    @Test
    void partialLeavesOutWhatCannotBeReachedAndSaysSo() {
        mesh.dead.add(AZURE);
        String sql =
                "SELECT count(*) AS n, count(c.id) AS c FROM local.few f LEFT JOIN crm.customers c"
                        + " ON c.id = f.id";
        try (QueryRun run = service.run(mesh.request(sql).across(true, Optional.empty(), ""))) {
            assertEquals(List.of("3|0"), Results.rows(run));
            assertEquals(1, run.missing().size());
            assertEquals(AZURE, run.missing().getFirst().region());
            assertEquals(
                    List.of(ProductName.parse("crm.customers")),
                    run.missing().getFirst().products());
        }
        try (QueryRun run =
                service.run(
                        mesh.request("FROM crm.customers").across(true, Optional.empty(), ""))) {
            assertEquals(List.of(), Results.rows(run));
            assertEquals(3, run.schema().getFields().size());
            assertEquals(1, run.missing().size());
        }
        mesh.dead.clear();
        mesh.dying.add(AWS);
        String rest = "SELECT count(*) FROM big.lines l JOIN local.few f ON f.id <= l.id";
        try (QueryRun run = service.run(mesh.request(rest).across(true, Optional.empty(), ""))) {
            assertEquals(List.of("0"), Results.rows(run), "half an answer is none");
            assertEquals(AWS, run.missing().getFirst().region());
        }
    }

    @Test
    void aStatementThatRunsOutOfTimeNamesTheRegionThatIsAwaited() {
        mesh.slow.put(AZURE, new CountDownLatch(1));
        QueryRequest request =
                new QueryRequest(
                        "slow-1",
                        JOIN,
                        SplitMesh.CALLER,
                        Optional.of(Duration.ofMillis(1500)),
                        OptionalLong.empty());
        Problem problem = assertThrows(Problem.class, () -> service.run(request));
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertTrue(problem.message().contains("azure/westeurope"), problem.message());
        assertEquals(0, mesh.open.get());
    }

    @Test
    void aCancelledStatementEndsWhereverItWaits() throws InterruptedException, ExecutionException {
        mesh.slow.put(AZURE, new CountDownLatch(1));
        for (String sql : List.of(JOIN, "FROM crm.customers")) {
            QueryRequest request = mesh.request(sql);
            CompletableFuture<ProblemCode> ended =
                    CompletableFuture.supplyAsync(
                            () -> assertThrows(Problem.class, () -> service.run(request)).code());
            while (!service.cancel(request.id(), "ann")) {
                Thread.onSpinWait();
            }
            assertEquals(ProblemCode.CANCELLED, ended.get(), sql);
        }
    }

    @Test
    void aRegionThatAnswersSomethingElseIsNotBelieved() {
        Map<String, UnaryOperator<String>> lies =
                Map.of(
                        "columns are [c1, other]", sql -> "SELECT 1 AS c1, 2 AS other",
                        "columns are [c1]", sql -> "SELECT 1 AS c1",
                        "is Utf8", sql -> "SELECT 'one' AS c1, 'two' AS c2");
        lies.forEach((said, lie) -> {
            mesh.lying.put(AZURE, lie);
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    service.run(
                                            mesh.request(
                                                    "SELECT c.id, length(c.email), f.id FROM"
                                                            + " crm.customers c JOIN local.few f"
                                                            + " ON c.id = f.id")));
            assertEquals(ProblemCode.CONFLICT, problem.code(), problem.message());
            assertTrue(problem.message().contains("azure/westeurope"), problem.message());
            assertTrue(problem.message().contains(said), problem.message());
        });
        mesh.lying.put(AZURE, sql -> "SELECT 'x' AS id");
        Problem whole =
                assertThrows(
                        Problem.class,
                        () -> service.run(mesh.request("SELECT id FROM crm.customers")));
        assertEquals(ProblemCode.CONFLICT, whole.code(), whole.message());
    }

    @Test
    void aStatementMayTouchFiftyProductsInThreeRegions() throws IOException {
        List<RegionName> regions = List.of(AWS, AZURE, GCP);
        StringBuilder from = new StringBuilder("many.p0 p0");
        for (int i = 0; i < 50; i++) {
            String name = "many.p" + i;
            mesh.with(
                    name,
                    regions.get(i % 3),
                    "SELECT i::BIGINT AS id, (i * "
                            + (i + 1)
                            + ")::BIGINT AS v FROM range(20) t(i)");
            if (i > 0) {
                from.append(" JOIN ").append(name).append(" p" + i + " ON p" + i + ".id = p0.id");
            }
        }
        String sum = IntStream.range(0, 50).mapToObj(i -> "p" + i + ".v").collect(joining(" + "));
        assertEquals(
                List.of("190|242250"), // 1275 = 1 + … + 50, times 190 = 0 + … + 19
                rows("SELECT sum(p0.id), sum(" + sum + ") FROM " + from));
        assertTrue(mesh.asked.size() <= 34, mesh.asked.size() + " sub-queries");
        String union =
                IntStream.range(0, 50)
                        .mapToObj(i -> "SELECT count(*) AS n FROM many.p" + i)
                        .collect(joining(" UNION ALL "));
        assertEquals(List.of("1000"), rows("SELECT sum(n) FROM (" + union + ")"));
    }

    @Test
    void answersOfRegionsAreLimited() {
        FederationLimits narrow =
                new FederationLimits(100, ByteSize.ofMebibytes(64), 10, 1, Duration.ofSeconds(60));
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                mesh.coordinator(GCP, narrow, HeldReleases.NONE)
                                        .run(
                                                mesh.request(
                                                        "SELECT count(l.text) FROM big.lines l JOIN"
                                                                + " local.few f ON f.id <= l.id")));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
        assertTrue(problem.message().contains("aws/us-east-1"), problem.message());
    }

    @Test
    void aReplicaIsReadWhenTheHomeLetsItsFilesGo() {
        HeldReleases replicas =
                (product, home, release) ->
                        product.toString().equals("big.lines")
                                ? Optional.of(
                                        new HeldReleases.Held(
                                                mesh.table("big.lines"), release, true))
                                : Optional.empty();
        QueryService holder = mesh.coordinator(GCP, FederationLimits.DEFAULT, replicas);
        String sql = "SELECT count(l.text), sum(f.id) FROM big.lines l JOIN local.few f USING (id)";
        List<String> expected = rows(sql);
        mesh.asked.clear();
        try (QueryRun run = holder.run(mesh.request(sql))) {
            assertEquals(expected, Results.rows(run));
        }
        assertEquals(1, mesh.asked.size(), "the home has not said that files may go");
        mesh.shared.add(ProductName.parse("big.lines"));
        mesh.asked.clear();
        try (QueryRun run = holder.run(mesh.request(sql))) {
            assertEquals(expected, Results.rows(run));
            assertEquals("replica", run.parts().getFirst().strategy());
        }
        assertTrue(mesh.asked.isEmpty(), mesh.asked.toString());
        try (QueryRun run = holder.run(mesh.request("SELECT max(text) FROM big.lines"))) {
            assertEquals(List.of("x9999"), Results.rows(run));
        }
        assertTrue(mesh.asked.isEmpty(), mesh.asked.toString());
    }

    @Test
    void whoHoldsOtherReleasesAsksNothingBefore() {
        HeldReleases others =
                (product, home, release) ->
                        product.toString().equals("big.lines")
                                ? Optional.of(
                                        new HeldReleases.Held(
                                                mesh.table("big.lines"), release, true))
                                : Optional.empty();
        QueryService holder = mesh.coordinator(GCP, FederationLimits.DEFAULT, others);
        try (QueryRun run = holder.run(mesh.request("SELECT count(*) FROM crm.customers"))) {
            assertEquals(1, Results.rows(run).size());
        }
        assertEquals(0, mesh.explained.get(), "one call to the region is enough");
    }

    @Test
    void theListenerLearnsOfRemoteTablesBeforeTheyAreRead() {
        List<TableRead> reads = new ArrayList<>();
        ReadListener listener =
                new ReadListener() {
                    @Override
                    public boolean wantsColumns() {
                        return true;
                    }

                    @Override
                    public void reading(List<TableRead> tables) {
                        assertTrue(mesh.asked.isEmpty(), "nothing is read yet");
                        reads.addAll(tables);
                    }

                    @Override
                    public void refused(ProductName product) {
                        throw new AssertionError(product);
                    }
                };
        try (QueryRun run = service.run(mesh.request(JOIN), listener)) {
            Results.rows(run);
        }
        assertEquals(2, reads.size());
        for (TableRead read : reads) {
            boolean isCustomers = read.product().toString().equals("crm.customers");
            assertEquals(Optional.of(isCustomers ? AZURE : AWS), read.region());
            assertEquals(isCustomers ? List.of("email") : List.of(), read.masked());
            assertEquals(
                    Optional.of(
                            isCustomers ? Set.of("id", "area") : Set.of("customer_id", "amount")),
                    read.columns());
        }
    }

    @Test
    void resultsAsParquetHoldRemoteRows() throws IOException {
        Path file = service.runToParquet(mesh.request("FROM crm.customers"));
        assertTrue(java.nio.file.Files.size(file) > 1000);
        java.nio.file.Files.delete(file);
    }

    @Test
    void theGuardStandsBeforeEveryRegion() {
        for (String sql :
                List.of(
                        "SELECT * FROM crm.customers, read_csv('/etc/passwd')",
                        "SELECT getenv('HOME') FROM crm.customers c JOIN local.few f USING (id)",
                        "SELECT * FROM crm.customers WHERE id IN (FROM duckdb_settings())",
                        "SELECT * FROM \"fragment 1\"",
                        "SELECT * FROM local.few, temp.\"fragment 1\"")) {
            ProblemCode code = problem(sql, false).code();
            assertTrue(
                    code == ProblemCode.SQL_NOT_ALLOWED || code == ProblemCode.NOT_FOUND,
                    sql + ": " + code);
        }
        assertTrue(mesh.asked.isEmpty(), mesh.asked.toString());
    }

    @Test
    void credentialsAreNotInTexts() {
        QueryRequest request = mesh.request(JOIN).across(false, Optional.empty(), "my-token");
        assertFalse(request.toString().contains("my-token"));
    }

    @Test
    void anEstimateReadsNoRows() {
        QueryEstimate estimate =
                mesh.coordinator(AWS)
                        .estimate(
                                mesh.request("SELECT id FROM big.lines WHERE id < 10"),
                                ReadListener.NONE);
        assertTrue(estimate.rows().isPresent());
        assertTrue(estimate.rows().getAsLong() < 60_000, estimate.toString());
        assertEquals("big.lines", estimate.tables().getFirst().read().product().toString());
    }

    private static List<String> rows(String sql) {
        try (QueryRun run = service.run(mesh.request(sql))) {
            return Results.rows(run);
        }
    }

    private static Problem problem(String sql, boolean isPartial) {
        return assertThrows(
                Problem.class,
                () -> {
                    try (QueryRun run =
                            service.run(
                                    mesh.request(sql).across(isPartial, Optional.empty(), ""))) {
                        Results.rows(run);
                    }
                },
                sql);
    }

    private static QueryPart part(QueryRun run, String region) {
        return run.parts().stream()
                .filter(part -> part.region().toString().equals(region))
                .findFirst()
                .orElseThrow();
    }
}
