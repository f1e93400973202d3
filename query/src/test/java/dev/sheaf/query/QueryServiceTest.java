package dev.sheaf.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Statements from text to rows.
@Timeout(60)
final class QueryServiceTest extends OnExampleMesh {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 ="
                    + " 9";

    @Test
    void readsTheCurrentReleaseAcrossRenamesAdditionsAndWidening() {
        assertEquals(
                List.of("1|a|null", "2|b|null", "3|c|9.50"),
                rows("SELECT * FROM sales.orders ORDER BY id"));
        assertEquals(
                List.of("id BIGINT", "customer VARCHAR", "amount DECIMAL(9,2)"),
                rows("SELECT column_name || ' ' || column_type FROM (DESCRIBE sales.orders)"));
    }

    @Test
    void readsEarlierReleasesWithTheirOwnSchema() {
        List<String> first = List.of("1|a", "2|b");
        for (String table :
                List.of(
                        "sales.orders AT (VERSION => 1)",
                        "sales.orders AT (VERSION => '1')",
                        "sales.orders AT (TIMESTAMP => '2023-05-05')",
                        "sales.orders AT (TIMESTAMP => TIMESTAMP '2023-05-05 12:00:00')",
                        "sales.orders AT (TIMESTAMP => '2023-05-05T12:00:00+02:00')",
                        "sales.orders FOR VERSION AS OF 1",
                        "sales.orders FOR SYSTEM_VERSION AS OF 1",
                        "sales.orders FOR TIMESTAMP AS OF '2023-05-05 12:00:00'",
                        "sales.orders FOR SYSTEM_TIME AS OF TIMESTAMP '2023-05-05 12:00:00'",
                        "sales.orders FOR VERSION AS OF 1 AS o",
                        "sales.orders FOR VERSION AS OF 1 o",
                        "sales.orders AS o FOR VERSION AS OF 1")) {
            assertEquals(first, rows("SELECT * FROM " + table + " ORDER BY 1"), table);
        }
        assertEquals(
                List.of("2|3"),
                rows(
                        "SELECT (SELECT count(*) FROM sales.orders FOR VERSION AS OF 1), count(*)"
                                + " FROM sales.orders"));
    }

    @Test
    void timeTravelWordsInTextAndCommentsStay() {
        assertEquals(
                List.of("x FOR VERSION AS OF 3|1"),
                rows(
                        "SELECT 'x FOR VERSION AS OF 3', 1 AS \"FOR VERSION AS OF 2\" -- FOR"
                                + " VERSION AS OF 1\n"
                                + "/* FOR VERSION AS OF 1 /* nested */ */"));
    }

    @Test
    void aReleaseThatIsNotThereIsSaidSo() {
        Problem problem = problem("FROM sales.orders AT (VERSION => 99)");
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
        assertTrue(problem.message().contains("no release"), problem.message());
        assertEquals(
                ProblemCode.INVALID_SQL, problem("FROM sales.orders AT (VERSION => 'x')").code());
        assertEquals(
                ProblemCode.INVALID_SQL,
                problem("FROM sales.orders AT (TIMESTAMP => 'noon')").code());
    }

    @Test
    void aProductWithoutAReleaseIsNotTakenForMissing() {
        Problem problem = problem("FROM sales.unreleased");
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
        assertTrue(problem.message().contains("no release yet"), problem.message());
    }

    @Test
    void anEmptyReleaseHasColumnsAndNoRows() {
        assertEquals(List.of(), rows("FROM sales.nothing"));
        assertEquals(List.of("0|null"), rows("SELECT count(*), max(amount) FROM sales.nothing"));
    }

    @Test
    void namesAreFoundHoweverTheyAreWritten() {
        for (String name :
                List.of(
                        "finance.\"purchase-orders\"",
                        "finance.purchase_orders",
                        "FINANCE.Purchase_Orders")) {
            assertEquals(List.of("3"), rows("SELECT id FROM " + name), name);
        }
    }

    @Test
    void columnsMayBeQualifiedByProductOrAlias() {
        assertEquals(List.of("3"), rows("SELECT orders.id FROM sales.orders WHERE amount > 1"));
        assertEquals(
                List.of("3"), rows("SELECT sales.orders.id FROM sales.orders WHERE amount > 1"));
        assertEquals(List.of("3"), rows("SELECT o.id FROM sales.orders o WHERE amount > 1"));
        assertEquals(
                List.of("3|3"),
                rows(
                        "SELECT sales.orders.id, archive.orders.id FROM sales.orders JOIN"
                                + " archive.orders ON sales.orders.id = archive.orders.id"));
        assertEquals(
                List.of("3"),
                rows(
                        "SELECT finance.purchase_orders.id FROM finance.purchase_orders WHERE"
                                + " purchase_orders.amount > 1"));
        assertEquals(
                List.of("C|1"),
                rows(
                        "SELECT customer.upper(), o.customer.length() FROM sales.orders o WHERE id"
                                + " = 3"));
        assertEquals(
                List.of("A"),
                rows("SELECT c.address.street FROM customer.customers c WHERE id = 1"));
    }

    @Test
    void expressionsShadowAndScopesEnd() {
        assertEquals(
                List.of("7"), rows("WITH orders AS (SELECT 7 AS id) SELECT orders.id FROM orders"));
        assertEquals(
                List.of("3"),
                rows(
                        "WITH o AS (SELECT id FROM sales.orders), p AS (FROM o) SELECT count(*)"
                                + " FROM p"));
        assertEquals(
                List.of("10"),
                rows(
                        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n <"
                                + " 10) SELECT max(n) FROM r"));
        assertEquals(
                ProblemCode.NOT_FOUND,
                problem("SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) x, a").code());
        assertEquals(
                ProblemCode.NOT_FOUND,
                problem("WITH a AS (SELECT * FROM a) SELECT * FROM a").code());
        assertEquals(
                ProblemCode.NOT_FOUND,
                problem("WITH a AS (FROM b), b AS (SELECT 1) SELECT * FROM a").code());
    }

    @Test
    void whoMayKnowOfAProductIsToldWhyTheyMayNotReadIt() {
        Problem refused = problem("SELECT * FROM hr.reviews");
        assertEquals(ProblemCode.FORBIDDEN, refused.code());
        assertEquals("you may not read hr.reviews: say for what", refused.message());
    }

    @Test
    void whatMayNotBeReadLooksAsIfItWereNotThere() {
        Problem denied = problem("SELECT * FROM hr.salaries");
        Problem absent = problem("SELECT * FROM hr.salariez");
        assertEquals(ProblemCode.NOT_FOUND, denied.code());
        assertEquals(absent.message().replace("salariez", "salaries"), denied.message());
        assertFalse(problem("SELECT * FROM hr.salarie").message().contains("salaries"));
    }

    @Test
    void nearMissesAreSuggested() {
        assertTrue(problem("FROM sales.order").message().contains("sales.orders?"));
        assertTrue(problem("FROM orders").message().contains("sales.orders"));
        assertTrue(problem("FROM salse.orders").message().contains("sales.orders"));
    }

    @Test
    void masksAndFiltersHoldOnEveryPath() {
        List<String> governed = List.of("1|a***MASKED", "3|s***MASKED");
        assertEquals(governed, rows("SELECT id, email FROM customer.customers ORDER BY id"));
        assertEquals(
                governed,
                rows(
                        "WITH c AS (FROM customer.customers) SELECT a.id, b.email FROM c a JOIN"
                                + " customer.customers b USING (id) ORDER BY 1"));
        assertEquals(
                List.of("2"),
                rows("SELECT count(*) FROM customer.customers WHERE email LIKE '%M%'"));
        assertEquals(
                List.of("0"),
                rows("SELECT count(*) FROM customer.customers WHERE email LIKE '%example%'"));
        assertEquals(
                List.of("a***MASKED|s***MASKED|2"),
                rows(
                        "SELECT min, max, count FROM (SUMMARIZE customer.customers) WHERE"
                                + " column_name = 'email'"));
    }

    @Test
    void explainShowsTheStatementAndNothingOfTheView() {
        for (String explain : List.of("EXPLAIN ", "EXPLAIN (FORMAT json) ", "explain ")) {
            String plan =
                    String.join(
                            "\n",
                            rows(explain + "SELECT email FROM customer.customers WHERE id = 3"));
            assertTrue(plan.contains("customer.customers"), plan);
            for (String hidden :
                    List.of("parquet", "PARQUET", "MASKED", "FILTERTEXT", "left", "store")) {
                assertFalse(plan.contains(hidden), hidden + " in " + plan);
            }
        }
    }

    @Test
    void errorsShowNoValuesPathsOrViews() {
        for (String sql :
                List.of(
                        "SELECT email::INT FROM customer.customers",
                        "SELECT (email || id)::DATE FROM customer.customers",
                        "SELECT CAST(area AS DECIMAL(3,1)) FROM customer.customers",
                        "SELECT strptime(email, '%Y') FROM customer.customers",
                        "SELECT (SELECT email FROM customer.customers)",
                        "SELECT json(email) FROM customer.customers",
                        "SELECT nope FROM customer.customers",
                        "SELECT sum(email) FROM customer.customers",
                        "SELECT email + 1 FROM customer.customers",
                        "SELECT id FROM customer.customers WHERE email = 3 AND address.x = 1",
                        "SELECT regexp_matches(email, '(') FROM customer.customers")) {
            Problem problem = problem(sql);
            assertEquals(ProblemCode.INVALID_SQL, problem.code(), sql);
            String shown = problem.message() + problem.details();
            for (String hidden :
                    List.of(
                            "MASKED",
                            "FILTERTEXT",
                            "example.org",
                            "'EU",
                            "parquet",
                            "store",
                            ExampleMesh.SECRET)) {
                assertFalse(shown.contains(hidden), hidden + " in " + shown);
            }
        }
    }

    @Test
    void syntaxErrorsHaveTheirPosition() {
        Problem problem = problem("SELECT id,\n  amount amount2 amount3\nFROM sales.orders");
        assertEquals(ProblemCode.INVALID_SQL, problem.code());
        assertEquals(2L, problem.details().get("line"));
        assertEquals(18L, problem.details().get("column"));
        assertEquals(1L, problem("SELECT nope FROM sales.orders").details().get("line"));
    }

    @Test
    void anUnknownColumnIsAnsweredWithThoseThereAre() {
        Problem problem = problem("SELECT amout FROM sales.orders");
        assertTrue(problem.message().contains("amount"), problem.message());
    }

    @Test
    void twoQueriesCannotHaveOneId() {
        QueryRequest request = QueryRequest.of("twice", "SELECT 1", ExampleMesh.CALLER);
        try (QueryRun first = service.run(request)) {
            assertEquals(
                    ProblemCode.CONFLICT,
                    assertThrows(Problem.class, () -> service.run(request)).code());
            assertEquals(List.of("1"), Results.rows(first));
        }
        service.run(request).close();
    }

    @Test
    void oneDecisionPerProductAndStatement() {
        ProductName orders = ProductName.parse("sales.orders");
        mesh.decisions.clear();
        rows(
                "SELECT count(*) FROM sales.orders a, sales.orders b, (FROM sales.orders AT"
                        + " (VERSION => 1)) c");
        assertEquals(1, mesh.decisions.get(orders));
    }

    @Test
    void manyFilesArePrunedByTheStatementsOwnConditions() {
        try (QueryRun run =
                service.run(
                        mesh.request("SELECT name FROM web.events WHERE id BETWEEN 42 AND 44"))) {
            assertEquals(List.of("n42", "n43", "n44"), Results.rows(run));
            assertEquals(19, run.statistics().filesPruned());
            assertEquals(1, run.statistics().files());
        }
        for (String sql :
                List.of(
                        "SELECT count(*) FROM web.events WHERE id = 3 OR name = 'n150'",
                        "SELECT count(*) FROM web.events a WHERE id = 3 OR id = 150",
                        "SELECT count(*) FROM web.events WHERE id IN (3, 150)",
                        "SELECT (SELECT count(*) FROM web.events WHERE id = 3) + (SELECT count(*)"
                                + " FROM web.events WHERE id = 150)",
                        "SELECT count(*) FROM web.events WHERE name IN ('n3', 'optional: n150',"
                                + " 'n150')",
                        "SELECT count(*) FROM web.events WHERE day IN (DATE '2024-01-04', DATE"
                                + " '2024-05-30')")) {
            assertEquals(List.of("2"), rows(sql), sql);
        }
    }

    @Test
    void aRowLimitCutsAndSaysSo() {
        QueryRequest request =
                new QueryRequest(
                        "cut",
                        "SELECT * FROM range(100000)",
                        ExampleMesh.CALLER,
                        Optional.empty(),
                        OptionalLong.of(10));
        try (QueryRun run = service.run(request)) {
            assertEquals(10, Results.rows(run).size());
            assertTrue(run.statistics().truncated());
            assertEquals(10, run.statistics().rows());
        }
    }

    @Test
    void hardLimitsOfRowsAndBytesFail() {
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem("SELECT * FROM range(3000000)").code());
        assertEquals(
                ProblemCode.LIMIT_EXCEEDED,
                problem("SELECT repeat('x', 1000) FROM range(200000)").code());
        assertEquals(
                ProblemCode.LIMIT_EXCEEDED,
                problem("SELECT 1 /* " + "x".repeat(30_000) + " */").code());
    }

    @Test
    void aQueryEndsAtItsTimeout() {
        QueryRequest request =
                new QueryRequest(
                        "late",
                        ENDLESS,
                        ExampleMesh.CALLER,
                        Optional.of(Duration.ofMillis(300)),
                        OptionalLong.empty());
        assertEquals(
                ProblemCode.TIMED_OUT,
                assertThrows(Problem.class, () -> service.run(request)).code());
    }

    @Test
    void aQueryIsCancelledByItsOwnCallerOnly() throws Exception {
        QueryRequest request = QueryRequest.of("mine", ENDLESS, ExampleMesh.CALLER);
        CompletableFuture<QueryRun> running =
                CompletableFuture.supplyAsync(() -> service.run(request));
        Thread.sleep(300);
        assertFalse(service.cancel("mine", "bob"));
        assertTrue(service.cancel("mine", "ann"));
        ExecutionException failure = assertThrows(ExecutionException.class, running::get);
        assertEquals(
                ProblemCode.CANCELLED, assertInstanceOf(Problem.class, failure.getCause()).code());
        assertFalse(service.cancel("mine", "ann"));
    }

    @Test
    void aMemoryHogIsStoppedWithAnExplanation() {
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem("SELECT len(range(3000000000))").code());
        assertEquals(List.of("1"), rows("SELECT 1"));
    }

    @Test
    void aParquetFileHoldsTheGovernedResult() throws IOException {
        Path file = service.runToParquet(mesh.request("SELECT id, email FROM customer.customers"));
        assertTrue(java.nio.file.Files.size(file) > 0);
        java.nio.file.Files.delete(file);
    }

    @Test
    void holesInRemoteFilesAreFilledAndTheQueryRunsAgain(@TempDir Path cache) throws IOException {
        HoledFiles holed = new HoledFiles(cache.toRealPath());
        try (QueryService remote =
                new QueryService(mesh.engine, mesh, mesh, holed, mesh.config())) {
            String sql = "SELECT name FROM web.events WHERE id = 42";
            try (QueryRun run = remote.run(mesh.request(sql))) {
                assertEquals(List.of("n42"), Results.rows(run));
            }
            assertEquals(1, holed.widened);
            assertEquals(1, holed.closed);
            assertEquals(List.of(java.util.Set.of("id", "name")), holed.columnsSeen);

            Path file = remote.runToParquet(mesh.request(sql));
            assertTrue(java.nio.file.Files.size(file) > 0);
            java.nio.file.Files.delete(file);
            assertEquals(2, holed.widened);

            try (QueryRun run = remote.run(mesh.request("SELECT count(*) FROM sales.orders"))) {
                assertEquals(List.of("3"), Results.rows(run));
            }
        }
    }

    private static List<String> rows(String sql) {
        try (QueryRun run = service.run(mesh.request(sql))) {
            return Results.rows(run);
        }
    }

    private static Problem problem(String sql) {
        return assertThrows(Problem.class, () -> rows(sql), sql);
    }
}
