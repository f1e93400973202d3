package dev.sheaf.cli.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.util.Map;

final class SqlCaretTest {
    @Test
    void pointsAtThePlaceInItsLine() {
        Problem problem =
                new Problem(
                        ProblemCode.INVALID_SQL,
                        "no column 'x'",
                        Map.of("line", 2, "column", 7),
                        null);
        assertEquals(
                "no column 'x'\nline 2: WHERE x = 1\n              ^",
                SqlCaret.mark("FROM a.b\nWHERE x = 1", problem).message());
        assertEquals(
                "line 2: WHERE x = 1\n              ^",
                SqlCaret.picture("FROM a.b\nWHERE x = 1", 15));
    }

    @Test
    void aProblemWithoutAPlaceStaysAsItIs() {
        Problem problem = new Problem(ProblemCode.INVALID_SQL, "no");
        assertSame(problem, SqlCaret.mark("SELECT", problem));
        Problem beyond =
                new Problem(ProblemCode.INVALID_SQL, "no", Map.of("line", 2, "column", 1), null);
        assertSame(beyond, SqlCaret.mark("SELECT", beyond));
    }
}
