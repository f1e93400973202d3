package dev.sheaf.cli.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AsOfTest {
    private static final AsOf THREE = AsOf.parse("3");

    @Test
    void everyProductOfTheFromClauseIsReadAsOf() {
        assertEquals(
                "SELECT * FROM sales.orders AT (VERSION => 3) o JOIN finance.\"purchase-orders\" AT"
                        + " (VERSION => 3) p ON o.id = p.id, product.products AT (VERSION => 3)",
                THREE.applyTo(
                        "SELECT * FROM sales.orders o JOIN finance.\"purchase-orders\" p ON o.id ="
                                + " p.id, product.products"));
    }

    @Test
    void columnsAndTextsAreLeftAlone() {
        String sql =
                "SELECT o.a, o.b, 'FROM sales.orders' FROM x WHERE o.a IN (o.b, o.c) -- FROM"
                        + " sales.orders";
        assertEquals(sql, THREE.applyTo(sql));
    }

    @Test
    void aTableThatSaysWhenKeepsIt() {
        String sql =
                "FROM sales.orders AT (VERSION => 1) UNION ALL FROM sales.orders FOR VERSION AS OF"
                        + " 2";
        assertEquals(sql, THREE.applyTo(sql));
    }

    @Test
    void aSubqueryIsReadAsOfToo() {
        assertEquals(
                "SELECT (SELECT max(n) FROM a.b AT (VERSION => 3)) FROM c.d AT (VERSION => 3)",
                THREE.applyTo("SELECT (SELECT max(n) FROM a.b) FROM c.d"));
    }

    @Test
    void aDateMeansItsBeginningInUtc() {
        assertEquals("AT (TIMESTAMP => '2026-11-20T00:00:00Z')", AsOf.parse("2026-11-20").clause());
        assertEquals(
                "AT (TIMESTAMP => '2026-11-20T09:30:00Z')",
                AsOf.parse("2026-11-20T09:30:00Z").clause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-1", "yesterday", "2026-13-01", "1; DROP", "2026-11-20T25:00:00Z"})
    void whatIsNeitherReleaseNorMomentIsRefused(String text) {
        assertThrows(Problem.class, () -> AsOf.parse(text));
    }
}
