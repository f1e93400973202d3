package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.LinkFault;
import dev.sheaf.client.QueryRegion;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Three nodes, each with products of its own: statements over all of them from any of them. The
/// nodes are the same for all tests, until one has altered something.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueriesAcrossRegionsTest extends TwoRegions {
    private static final List<String> ALL = List.of(AWS, AZURE, GCP);
    private static final String SPENT =
            "SELECT c.country, t.category, sum(o.amount) AS amount FROM sales.orders o JOIN"
                    + " customer.customers c ON o.customer = c.id JOIN catalog.things t ON o.thing"
                    + " = t.id GROUP BY ALL ORDER BY ALL";
    private static final String ANSWER = "[[DE, light, 1], [FR, light, 14], [FR, seat, 7]]";

    @TempDir private static Path all = Path.of("");
    private Path mesh = Path.of("");
    private boolean isAltered;

    QueriesAcrossRegionsTest() {
        super("query.run", "catalog.read");
    }

    @BeforeEach
    void open() throws IOException {
        if (!nodes.isEmpty()) {
            folder = mesh;
            return;
        }
        mesh = Files.createTempDirectory(all, "mesh");
        folder = mesh;
        for (String region : ALL) {
            startAmong(ALL, region, "");
        }
        SmallShop.open(operator(AWS), operator(AZURE), operator(GCP), folder);
        for (String region : ALL) {
            SheafClient client = operator(region);
            until(
                    "all is known in " + region,
                    () ->
                            client.products().stream()
                                            .filter(each -> each.currentRelease().isPresent())
                                            .count()
                                    == ALL.size());
        }
    }

    @AfterEach
    @Override
    void stop() {
        if (isAltered) {
            stopAll();
        }
    }

    @AfterAll
    void stopAll() {
        super.stop();
        nodes.clear();
        clients.clear();
        isAltered = false;
    }

    @Test
    void theSameQuestionHasTheSameAnswerFromEachRegion() {
        for (String region : ALL) {
            ResultTable table = ask(as(region, "olga", "*"), SPENT);
            assertEquals(ANSWER, table.rows().toString(), region);
            assertEquals(
                    ALL.stream().filter(other -> !other.equals(region)).toList(),
                    table.regions().orElseThrow().stream()
                            .map(QueryRegion::region)
                            .distinct()
                            .sorted()
                            .toList());
        }
    }

    @Test
    void theStockJdbcDriverAsksAllRegionsFromAnyOne() throws SQLException {
        for (String region : ALL) {
            try (Connection connection =
                    JdbcRows.connect(
                            Objects.requireNonNull(nodes.get(region)),
                            token(region, "olga", "*"))) {
                assertEquals(
                        List.of("DE|light|1", "FR|light|14", "FR|seat|7"),
                        JdbcRows.of(connection, SPENT),
                        region);
                assertEquals(
                        List.of(
                                "catalog|things|TABLE",
                                "customer|customers|TABLE",
                                "sales|orders|TABLE"),
                        JdbcRows.tables(connection, null, "%", "%"));
            }
        }
        try (Connection connection =
                JdbcRows.connect(
                        Objects.requireNonNull(nodes.get(AWS)), token(AWS, "olga", "customer"))) {
            assertEquals(
                    List.of("10|null|FR", "11|null|DE", "12|null|FR"),
                    JdbcRows.of(
                            connection,
                            "SELECT id, email, country FROM customer.customers ORDER BY id"));
            try (PreparedStatement some =
                    connection.prepareStatement(
                            "SELECT id FROM customer.customers WHERE country = ? AND id > ? ORDER"
                                    + " BY id")) {
                some.setString(1, "FR");
                some.setLong(2, 10);
                assertEquals(List.of("12"), JdbcRows.of(some));
            }
        }
        SQLException refused =
                assertThrows(
                        SQLException.class,
                        () -> {
                            try (Connection connection =
                                    JdbcRows.connect(
                                            Objects.requireNonNull(nodes.get(AWS)),
                                            token(AWS, "ana", "sales"))) {
                                JdbcRows.of(connection, SPENT);
                            }
                        });
        assertFalse(refused.toString().contains(SmallShop.HIDDEN), refused.toString());
    }

    @Test
    void personalDataOfEuropeStaysThereEvenForItsOwners() {
        String names = "SELECT id, name, email, country FROM customer.customers ORDER BY id";
        String there = ask(as(GCP, "olga", "customer"), names).rows().toString();
        assertTrue(there.contains("Ada " + SmallShop.HIDDEN), there);
        String here = ask(as(AWS, "olga", "customer"), names).rows().toString();
        assertEquals("[[10, null, null, FR], [11, null, null, DE], [12, null, null, FR]]", here);
        // Conditions see what the caller sees.
        assertEquals(
                "[[0]]",
                ask(
                                as(AWS, "olga", "customer"),
                                "SELECT count(*) FROM customer.customers WHERE name LIKE 'Ada%'")
                        .rows()
                        .toString());
    }

    @Test
    void whomARegionDoesNotLetReadIsRefusedByIt() {
        Problem told = assertThrows(Problem.class, () -> ask(as(AWS, "ana", "sales"), SPENT));
        assertTrue(
                told.code() == ProblemCode.NOT_FOUND || told.code() == ProblemCode.FORBIDDEN,
                told.toString());
        assertFalse(told.message().contains(SmallShop.HIDDEN), told.message());
    }

    @Test
    void errorsOfAnotherRegionShowNoValues() {
        Problem told =
                assertThrows(
                        Problem.class,
                        () ->
                                ask(
                                        as(GCP, "olga", "*"),
                                        "SELECT CAST(email AS INTEGER) FROM customer.customers"));
        assertFalse(told.message().contains(SmallShop.HIDDEN), told.message());
    }

    @Test
    void aDeadRegionIsNamedAndLeftOutOnlyWhenThatIsSaid() {
        SheafClient client = as(AWS, "olga", "*");
        isAltered = true;
        Objects.requireNonNull(nodes.remove(GCP)).close();
        Problem told = assertThrows(Problem.class, () -> ask(client, SPENT));
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains(GCP), told.message());

        String both =
                "SELECT 'customer' AS kind, count(*) AS n FROM customer.customers UNION ALL SELECT"
                        + " 'thing', count(*) FROM catalog.things ORDER BY kind";
        ResultTable partial = client.queryTable(request(both, Optional.of(true), Optional.empty()));
        assertTrue(partial.rows().toString().contains("[customer, 3]"), partial.toString());
        QueryRegion missing =
                partial.regions().orElseThrow().stream()
                        .filter(region -> region.missing().isPresent())
                        .findFirst()
                        .orElseThrow();
        assertEquals(GCP, missing.region());
        assertEquals(List.of("catalog.things"), missing.products());

        // What is here is not slowed by it.
        assertEquals("[[4]]", ask(client, "SELECT count(*) FROM sales.orders").rows().toString());
    }

    @Test
    void aCutLinkIsNamedInTimeAndHeals() {
        SheafClient client = as(AWS, "olga", "*");
        operator(AWS).contexts().injectFault(AZURE, LinkFault.cut("both"));
        Problem told = assertThrows(Problem.class, () -> ask(client, SPENT));
        assertEquals(ProblemCode.UNAVAILABLE, told.code());
        assertTrue(told.message().contains(AZURE), told.message());
        operator(AWS).contexts().injectFault(AZURE, LinkFault.heal());
        assertEquals(ANSWER, ask(client, SPENT).rows().toString());
    }

    @Test
    void aPriceLimitRefusesBeforeAnythingRuns() {
        // What is kept for others who asked before costs nothing.
        SheafClient client = as(AWS, "otto", "*");
        Problem told =
                assertThrows(
                        Problem.class,
                        () ->
                                client.queryTable(
                                        request(SPENT, Optional.empty(), Optional.of("0"))));
        assertEquals(ProblemCode.COST_EXCEEDED, told.code());
    }

    @Test
    void explainTellsOfEachRegionWithoutRunning() {
        String plan = ask(as(AWS, "olga", "*"), "EXPLAIN " + SPENT).rows().toString();
        assertTrue(plan.contains(AZURE) && plan.contains(GCP), plan);
        assertTrue(plan.contains("email: null"), plan);
    }

    @Test
    void theSameAgainIsAnsweredFromTheCacheUntilSomethingChanges() throws IOException {
        SheafClient olga = as(AWS, "olga", "*");
        String sql = "SELECT category, count(*) AS n FROM catalog.things GROUP BY ALL ORDER BY 1";
        assertTrue(ask(olga, sql).cached().isEmpty());
        until("it is kept", () -> ask(olga, sql).cached().orElse(false));
        ResultTable again = ask(olga, sql);
        assertEquals("[[light, 2], [seat, 1]]", again.rows().toString());
        // Of somebody else nothing is kept yet, nor of what may change by itself.
        assertTrue(ask(as(AWS, "otto", "*"), sql).cached().isEmpty());
        String moment = "SELECT count(*), now() FROM catalog.things";
        assertTrue(ask(olga, moment).cached().isEmpty());
        assertTrue(ask(olga, moment).cached().isEmpty());

        isAltered = true;
        SmallShop.publish(
                operator(GCP),
                folder,
                SmallShop.THINGS,
                GCP,
                "",
                "id integer, title string, category string",
                "id,title,category\n200,stool,seat\n");
        until(
                "the new release is read",
                () -> ask(olga, sql).rows().toString().equals("[[light, 2], [seat, 2]]"));
    }

    private static QueryRequest request(
            String sql, Optional<Boolean> partial, Optional<String> costMax) {
        return new QueryRequest(
                sql, OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), partial, costMax);
    }

    private static ResultTable ask(SheafClient client, String sql) {
        return client.queryTable(request(sql, Optional.empty(), Optional.empty()));
    }
}
