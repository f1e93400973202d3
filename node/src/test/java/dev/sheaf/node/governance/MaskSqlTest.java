package dev.sheaf.node.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.decision.Mask;
import dev.sheaf.governance.decision.MaskSql;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Masks as DuckDB computes them.
final class MaskSqlTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final MaskSql MASKS = new MaskSql(KEY);

    /// The masked value of a literal, with its type.
    private static String shown(Mask mask, String literal, String type) throws SQLException {
        String sql =
                "SELECT x, typeof(x) FROM (SELECT "
                        + MASKS.expression(mask, "a \"b", type)
                        + " AS x FROM (SELECT CAST("
                        + literal
                        + " AS "
                        + type
                        + ") AS \"a \"\"b\"))";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            assertEquals(type, rows.getString(2), "a mask keeps the column's type");
            return String.valueOf(rows.getString(1));
        }
    }

    @Test
    void partsOfTextsAreShownAndTheRestIsStars() throws SQLException {
        assertEquals("a**@x.org", shown(new Mask.Partial(1, 0, "@"), "'ann@x.org'", "VARCHAR"));
        assertEquals("*****", shown(new Mask.Partial(0, 0, "@"), "'ann x'", "VARCHAR"));
        assertEquals("DE****89", shown(new Mask.Partial(2, 2, ""), "'DE123489'", "VARCHAR"));
        assertEquals("null", shown(new Mask.Partial(1, 1, ""), "NULL", "VARCHAR"));
        assertEquals("null", shown(new Mask.Partial(1, 1, "@"), "NULL", "VARCHAR"));
        assertEquals("", shown(new Mask.Partial(1, 1, "@"), "''", "VARCHAR"));
        assertEquals("a*b", shown(new Mask.Partial(1, 1, ""), "'a😀b'", "VARCHAR"));
        assertEquals("**@x@y", shown(new Mask.Partial(0, 1, "@"), "'ab@x@y'", "VARCHAR"));
        assertEquals("***y", shown(new Mask.Partial(0, 1, "@"), "'abxy'", "VARCHAR"));
    }

    @Test
    void aTextThatWouldBeShownWholeIsNot() throws SQLException {
        assertEquals("**", shown(new Mask.Partial(1, 1, ""), "'ab'", "VARCHAR"));
        assertEquals("*", shown(new Mask.Partial(4, 0, ""), "'a'", "VARCHAR"));
        assertEquals("******", shown(new Mask.Partial(1, 0, "@"), "'a@b.de'", "VARCHAR"));
    }

    @Test
    void hashesAreKeyedAndEqualForEqualValues() throws SQLException {
        String one = shown(new Mask.Hash(), "'ann'", "VARCHAR");
        assertEquals(one, shown(new Mask.Hash(), "'ann'", "VARCHAR"));
        assertNotEquals(one, shown(new Mask.Hash(), "'bob'", "VARCHAR"));
        assertEquals(64, one.length());
        assertNotEquals("7", shown(new Mask.Hash(), "7", "BIGINT"));
        assertEquals("null", shown(new Mask.Hash(), "2.5", "DOUBLE"));
    }

    @Test
    void datesAndNumbersAreMadeCoarser() throws SQLException {
        assertEquals("1984-01-01", shown(new Mask.ToPeriod("year"), "'1984-07-13'", "DATE"));
        assertEquals("1984-07-01", shown(new Mask.ToPeriod("quarter"), "'1984-08-13'", "DATE"));
        assertEquals("40", shown(new Mask.ToRange(BigDecimal.TEN), "47", "INTEGER"));
        assertEquals("-50", shown(new Mask.ToRange(BigDecimal.TEN), "-47", "INTEGER"));
        assertEquals("null", shown(new Mask.ToPeriod("year"), "'x'", "VARCHAR"));
    }

    @Test
    void nothingAndFixedTextsAreOfTheColumnsType() throws SQLException {
        assertEquals("null", shown(new Mask.Nothing(), "1", "INTEGER"));
        assertEquals("it's", shown(new Mask.Fixed("it's"), "'x'", "VARCHAR"));
        assertEquals("null", shown(new Mask.Fixed("none"), "1", "INTEGER"));
        assertEquals("2", shown(new Mask.Sql("\"a \"\"b\" + 1"), "1", "INTEGER"));
    }
}
