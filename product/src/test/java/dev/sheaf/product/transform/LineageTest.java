package dev.sheaf.product.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What columns are made from, as DuckDB parses it.
final class LineageTest {
    @TempDir static Path folder = Path.of("");

    private static Engine engine;
    private static EngineSession session;

    @BeforeAll
    static void open() {
        engine =
                new WorkerEngine(
                        EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath()));
        session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.QUERY,
                                ByteSize.ofMebibytes(256),
                                1,
                                folder,
                                List.of(),
                                List.of()));
    }

    @AfterAll
    static void close() {
        session.close();
        engine.close();
    }

    private static ColumnContract column(String name) {
        return new ColumnContract(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ColumnType.Primitive.STRING,
                false,
                false,
                false,
                0,
                OptionalInt.empty(),
                ValueConstraints.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of());
    }

    private static Lineage.Sources of(String sql, String column) {
        return Lineage.of(session, sql).of(column(column));
    }

    private static void assertMade(String sql, String column, boolean isCopy, String... from) {
        Lineage.Sources sources = of(sql, column);
        assertEquals(Set.of(from), sources.columns(), sql);
        assertEquals(isCopy, sources.isCopy(), sql);
        assertFalse(sources.isAll(), sql);
    }

    @Test
    void copiesCastsAndExpressionsNameTheirColumns() {
        assertMade("SELECT email FROM input", "email", true, "email");
        assertMade("SELECT EMail AS m FROM input", "M", true, "email");
        assertMade("SELECT CAST(born AS DATE) AS b FROM input", "b", true, "born");
        assertMade("SELECT born::DATE AS b FROM input", "b", true, "born");
        assertMade("SELECT lower(a) || b AS c, 1 AS one FROM input", "c", false, "a", "b");
        assertMade("SELECT lower(a) || b AS c, 1 AS one FROM input", "one", false);
        assertMade(
                "SELECT CASE WHEN a = 'x' THEN b ELSE coalesce(c, d) END AS e FROM input",
                "e",
                false,
                "a",
                "b",
                "c",
                "d");
        assertMade(
                "SELECT list_transform(a, x -> x || b) AS c FROM input", "c", false, "a", "b", "x");
        assertMade("SELECT a AS b FROM input WHERE email IS NOT NULL", "b", true, "a");
    }

    @Test
    void anEarlierColumnBringsItsOwnAlong() {
        assertMade("SELECT email AS e, upper(e) AS f FROM input", "f", false, "e", "email");
    }

    @Test
    void membersAndQualifiedNamesCountWithAllTheirParts() {
        assertMade("SELECT input.email AS e FROM input", "e", true, "input", "email");
        assertMade("SELECT contact.mail AS e FROM input", "e", true, "contact", "mail");
    }

    @Test
    void aStarIsEachColumnOfItsName() {
        assertMade("SELECT * FROM input", "email", true, "email");
        assertMade("SELECT * EXCLUDE (a) FROM input", "email", true, "email");
        assertMade(
                "SELECT * REPLACE (upper(email) AS note) FROM input",
                "note",
                false,
                "note",
                "email");
        assertMade("SELECT *, upper(email) AS loud FROM input", "loud", false, "email");
    }

    private static Lineage.Sources rows(String sql) {
        return Lineage.of(session, sql).rows();
    }

    @Test
    void conditionsDecideWhichRowsThereAreAndAreNoSource() {
        assertEquals(Set.of(), rows("SELECT a FROM input").columns());
        assertEquals(
                Set.of("b", "c"), rows("SELECT a FROM input WHERE B > 1 AND c IS NULL").columns());
        assertEquals(
                Set.of("a", "day"),
                rows("SELECT a, b FROM input QUALIFY row_number() OVER (PARTITION BY a ORDER BY"
                                + " day) = 1")
                        .columns());
        assertEquals(Set.of("k", "a"), rows("SELECT a + 1 AS k FROM input WHERE k > 2").columns());
        assertTrue(rows("SELECT a FROM input WHERE to_json(input) IS NOT NULL").isAll());
        assertEquals(Set.of(), Lineage.AS_IS.rows().columns());
        assertMade("SELECT a FROM input WHERE b > 1", "a", true, "a");
    }

    @Test
    void whatCannotBeToldIsMadeFromAll() {
        assertTrue(of("SELECT to_json(input) AS x FROM input", "x").isAll());
        assertTrue(of("SELECT to_json(i) AS x FROM input AS i", "x").isAll());
        assertTrue(of("SELECT coalesce(*COLUMNS(*)) AS x FROM input", "x").isAll());
        assertTrue(of("SELECT COLUMNS('e.*') FROM input", "email").isAll());
        assertTrue(of("SELECT a FROM input", "b").isAll());
        assertTrue(Lineage.UNKNOWN.of(column("a")).isAll());
    }
}
