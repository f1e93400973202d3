package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Python's ADBC driver against a node. Skipped unless `-Dsheaf.adbc.python` names a Python that
/// has `adbc-driver-flightsql` and `pyarrow`.
@Timeout(120)
final class AdbcTest extends RunningNode {
    @Test
    void theAdbcDriverReadsAndBinds() throws IOException, InterruptedException {
        open(Clock.systemUTC());
        String python = System.getProperty("sheaf.adbc.python", "");
        assumeTrue(!python.isEmpty(), "no Python with adbc-driver-flightsql is named");
        Path script = Path.of(System.getProperty("sheaf.repo"), "node/src/test/resources/adbc.py");
        Process process =
                new ProcessBuilder(
                                python,
                                script.toString(),
                                node.flightSql().orElseThrow().toString(),
                                token("olga", List.of("catalog.read", "query.run"), List.of(), "*"))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals(
                """
                [(42, "it's", datetime.date(2026, 1, 2), True)]
                1000000
                refused
                ['TABLE']
                """,
                said);
    }
}
