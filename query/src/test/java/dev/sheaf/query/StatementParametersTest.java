package dev.sheaf.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Optional;

/// Values in the place of parameters, names with a catalog, and what statements look like before
/// they run.
@Timeout(60)
final class StatementParametersTest extends OnExampleMesh {
    @Test
    void valuesTakeThePlaceOfParameters() {
        assertEquals(
                List.of("2|b"),
                rows(
                        "SELECT id, customer FROM sales.orders WHERE id >= ? AND customer = ?",
                        value("INTEGER", "2"),
                        value("VARCHAR", "b")));
        assertEquals(
                List.of("1|1|2"),
                rows("SELECT $1, $1, $2", value("INTEGER", "1"), value("INTEGER", "2")));
        assertEquals(
                List.of("1", "2"),
                rows("SELECT id FROM sales.orders ORDER BY id LIMIT ?", value("BIGINT", "2")));
        assertEquals(
                List.of("3"),
                rows(
                        "WITH t AS (SELECT * FROM sales.orders WHERE amount > ?) SELECT id FROM t",
                        value("DECIMAL(9,2)", "9.49")));
    }

    @Test
    void textOfAnyKindStaysText() {
        for (String text :
                List.of(
                        "'; DROP TABLE x; --",
                        "' OR 1=1 --",
                        "$1",
                        "?",
                        "\\",
                        "a''b",
                        "ünï\uD83D\uDE00",
                        "")) {
            assertEquals(List.of(text), rows("SELECT ?", value("VARCHAR", text)), text);
            assertEquals(
                    List.of(),
                    rows("SELECT id FROM sales.orders WHERE customer = ?", value("VARCHAR", text)),
                    text);
        }
        assertEquals(
                ProblemCode.INVALID_VALUE,
                assertThrows(Problem.class, () -> value("VARCHAR", "a\0b")).code());
    }

    @Test
    void aParameterIsNoWayAroundTheGuard() {
        // A value stands where a value can stand, and is checked like one that was written.
        assertEquals(
                List.of("x"),
                rows("SELECT ?", value("VARCHAR) FROM read_text('/etc/passwd') --", "x")));
        assertEquals(
                ProblemCode.SQL_NOT_ALLOWED,
                problem("SELECT * FROM read_text(?)", value("VARCHAR", "/etc/passwd")).code());
        Problem error = problem("SELECT CAST(? AS INTEGER)", value("VARCHAR", "a-secret"));
        assertFalse(error.message().contains("a-secret"), error.message());
    }

    @Test
    void missingAndLeftOverValuesAreSaidSo() {
        assertTrue(problem("SELECT ?").message().contains("parameters"));
        assertTrue(
                problem("SELECT ?", value("INTEGER", "1"), value("INTEGER", "2"))
                        .message()
                        .contains("1 parameters, and 2 values"));
        assertTrue(problem("SELECT 1", value("INTEGER", "1")).message().contains("0 parameters"));
        assertTrue(problem("SELECT $name", value("INTEGER", "1")).message().contains("name"));
        assertEquals(
                ProblemCode.SQL_NOT_ALLOWED,
                problem("SELECT $99999", value("INTEGER", "1")).code());
    }

    @Test
    void aShapeIsThatOfTheAnswer() {
        for (String sql :
                List.of(
                        "SELECT * FROM sales.orders",
                        "SELECT * FROM customer.customers",
                        "SELECT id, id, count(*) FROM sales.orders GROUP BY ALL LIMIT 3 OFFSET 1",
                        "SELECT id FROM sales.orders UNION ALL SELECT 7 ORDER BY 1",
                        "DESCRIBE sales.orders",
                        "SUMMARIZE sales.orders",
                        "VALUES (1, 'x', DATE '2020-01-01', [1.5], {'a': 1}, NULL)",
                        "SELECT 1::HUGEINT, uuid(), INTERVAL 1 DAY, now(), TIME '10:00'",
                        "EXPLAIN SELECT * FROM sales.orders",
                        "EXPLAIN (FORMAT json) SELECT * FROM sales.orders")) {
            Schema before = service.shape(request(sql), ReadListener.NONE).columns();
            try (QueryRun run = service.run(request(sql))) {
                assertEquals(run.schema(), before, sql);
            }
        }
    }

    @Test
    void aShapeTellsTheParametersTypes() {
        Schema parameters =
                service.shape(
                                request(
                                        "SELECT ? AS any, customer FROM sales.orders WHERE id = ?"
                                                + " AND amount > ? LIMIT ?"),
                                ReadListener.NONE)
                        .parameters();
        assertEquals(
                "[Utf8, Int(64, true), Decimal(9, 2, 128), Int(64, true)]",
                parameters.getFields().stream().map(field -> field.getType()).toList().toString());
    }

    @Test
    void whatAnyTypeWouldDoForFollowsFromWhatStandsAroundIt() {
        Schema columns =
                service.shape(request("SELECT ? + 1, upper(?)"), ReadListener.NONE).columns();
        assertEquals(
                List.of("Int(32, true)", "Utf8"),
                columns.getFields().stream().map(field -> field.getType().toString()).toList());
        assertEquals(
                List.of("42|X"),
                rows("SELECT ? + 1, upper(?)", value("BIGINT", "41"), value("VARCHAR", "x")));
    }

    @Test
    void aShapeIsRefusedLikeTheStatement() {
        for (String sql :
                List.of(
                        "SELECT * FROM hr.salaries",
                        "SELECT nothing FROM sales.orders",
                        "SELEC 1",
                        "SELECT * FROM read_csv('/etc/passwd')",
                        "DELETE FROM sales.orders",
                        "SELECT * FROM read_text(?)")) {
            Problem shape =
                    assertThrows(
                            Problem.class, () -> service.shape(request(sql), ReadListener.NONE));
            if (!sql.contains("?")) {
                assertEquals(problem(sql).code(), shape.code(), sql);
            }
        }
    }

    @Test
    void tablesMayBeQualifiedByTheCatalog() {
        for (String sql :
                List.of(
                        "SELECT id FROM \"Acme\".\"sales\".\"orders\" WHERE amount > 1",
                        "SELECT acme.sales.orders.id FROM acme.sales.orders WHERE"
                                + " acme.sales.orders.amount > 1",
                        "SELECT sales.orders.id FROM acme.sales.orders WHERE orders.amount > 1",
                        "SELECT o.id FROM acme.sales.orders AS o WHERE o.amount > 1")) {
            try (QueryRun run = service.run(request(sql).in("acme"))) {
                assertEquals(List.of("3"), Results.rows(run), sql);
            }
            assertEquals(ProblemCode.NOT_FOUND, problem(sql.replace("cme", "pex")).code(), sql);
        }
    }

    private static ParameterValue value(String type, String text) {
        return new ParameterValue(type, Optional.of(text));
    }

    private static QueryRequest request(String sql, ParameterValue... values) {
        return QueryRequest.of("q" + System.nanoTime(), sql, ExampleMesh.CALLER)
                .with(List.of(values));
    }

    private static List<String> rows(String sql, ParameterValue... values) {
        try (QueryRun run = service.run(request(sql, values))) {
            return Results.rows(run);
        }
    }

    private static Problem problem(String sql, ParameterValue... values) {
        return assertThrows(Problem.class, () -> rows(sql, values));
    }
}
