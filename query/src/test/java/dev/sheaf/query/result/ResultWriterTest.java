package dev.sheaf.query.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;

import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@Timeout(60)
final class ResultWriterTest {
    @TempDir static Path scratch;
    private static WorkerEngine engine;

    @BeforeAll
    static void open() {
        engine =
                new WorkerEngine(
                        EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath()));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void jsonNumbersKeepEveryDigit() throws IOException {
        assertEquals(
                "{\"a\":9223372036854775807,\"b\":18446744073709551615,"
                        + "\"c\":170141183460469231731687303715884105727,"
                        + "\"d\":1234567890123456789012345678.90,\"e\":0.1,\"f\":0.1,\"g\":\"NaN\","
                        + "\"h\":\"-Infinity\",\"i\":true,\"j\":null}\n",
                ndjson(
                        "SELECT 9223372036854775807 a, 18446744073709551615::UBIGINT b,"
                            + " 170141183460469231731687303715884105727::HUGEINT c,"
                            + " 1234567890123456789012345678.90::DECIMAL(38,2) d, 0.1::DOUBLE e,"
                            + " 0.1::FLOAT f, 'nan'::DOUBLE g, '-infinity'::DOUBLE h, true i, NULL"
                            + " j"));
    }

    @Test
    void timesAreIso() throws IOException {
        assertEquals(
                "{\"a\":\"2024-02-29\",\"b\":\"12:34:56.5\",\"c\":\"2024-02-29T01:02:03.000004\","
                        + "\"d\":\"2024-02-29T00:02:03Z\",\"e\":\"P1Y2DT3S\",\"f\":\"infinity\","
                        + "\"g\":\"-infinity\",\"h\":\"1969-12-31T23:59:59.5\"}\n",
                ndjson(
                        "SELECT DATE '2024-02-29' a, TIME '12:34:56.5' b, TIMESTAMP '2024-02-29"
                            + " 01:02:03.000004' c, TIMESTAMPTZ '2024-02-29 01:02:03+01' d,"
                            + " INTERVAL '1 year 2 days 3 seconds' e, DATE 'infinity' f,"
                            + " '-infinity'::TIMESTAMP g, TIMESTAMP '1969-12-31 23:59:59.5' h"));
    }

    @Test
    void nestedValuesAreObjectsAndArrays() throws IOException {
        assertEquals(
                "{\"a\":[1,null],\"b\":{\"x\":1,\"y\":{\"z\":[\"q\"]}},\"c\":{\"k\":2},\"d\":\"00ff\",\"e\":[1,2],\"f\":[[],null]}\n",
                ndjson(
                        "SELECT [1, NULL] a, {'x': 1, 'y': {'z': ['q']}} b, MAP {'k': 2} c,"
                            + " '\\x00\\xFF'::BLOB d, array_value(1, 2) e, [[]::INT[], NULL] f"));
    }

    @Test
    void jsonIsOneDocumentWithColumns() throws IOException {
        assertEquals(
                "{\"columns\":[{\"name\":\"a\",\"type\":\"INTEGER\"},{\"name\":\"a_2\",\"type\":"
                        + "\"DECIMAL(3,1)\"},{\"name\":\"l\",\"type\":\"VARCHAR[]\"}],"
                        + "\"rows\":[[1,2.5,[\"x\"]]],"
                        + "\"rowCount\":1,\"truncated\":false}",
                written(ResultFormat.JSON, "SELECT 1 a, 2.5::DECIMAL(3,1) a, ['x'] l"));
        assertEquals(
                "{\"columns\":[{\"name\":\"a\",\"type\":\"INTEGER\"}],\"rows\":[],\"rowCount\":0,"
                        + "\"truncated\":false}",
                written(ResultFormat.JSON, "SELECT 1 a WHERE false"));
    }

    @Test
    void csvIsQuotedWhereItMustBe() throws IOException {
        assertEquals(
                "a,\"b,c\",d,e,f,g\r\n"
                        + "\"x\"\"y\",,\"\",\"l1\n"
                        + "l2\",\"[1,{\"\"k\"\":null}]\",1.50\r\n",
                written(
                        ResultFormat.CSV,
                        "SELECT 'x\"y' a, NULL \"b,c\", '' d, 'l1\nl2' e, '[1,{\"k\":null}]' f,"
                                + " 1.5::DECIMAL(9,2) g"));
        assertEquals(
                "s\r\n\"{\"\"k\"\":[1,2]}\"\r\n",
                written(ResultFormat.CSV, "SELECT {'k': [1, 2]} s"));
    }

    @Test
    void arrowCanBeReadBack() throws IOException {
        byte[] bytes = bytes(ResultFormat.ARROW, "SELECT i FROM range(20000) t(i)");
        try (RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(bytes), memory)) {
            long rows = 0;
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
            assertEquals(20_000, rows);
        }
    }

    @Test
    void aFailureInTheMiddleIsNotHidden() {
        for (ResultFormat format : List.of(ResultFormat.JSON, ResultFormat.CSV)) {
            assertThrows(
                    EngineProblem.class,
                    () ->
                            bytes(
                                    format,
                                    "SELECT CASE WHEN i = 290000 THEN error('late') ELSE i END FROM"
                                            + " range(300000) t(i)"));
        }
    }

    @Test
    void anOutputThatFailsIsAnIoException() {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException("gone");
                    }
                };
        for (ResultFormat format : ResultFormat.values()) {
            if (format != ResultFormat.PARQUET) {
                assertThrows(
                        IOException.class,
                        () -> write(format, "SELECT i FROM range(100000) t(i)", broken),
                        format.name());
            }
        }
    }

    @Test
    void acceptHeadersAreUnderstood() {
        assertEquals(Optional.of(ResultFormat.CSV), ResultFormat.ofAccept("text/csv; q=0.9"));
        assertEquals(Optional.of(ResultFormat.JSON), ResultFormat.ofAccept("*/*"));
        assertEquals(
                Optional.of(ResultFormat.NDJSON),
                ResultFormat.ofAccept("text/html, Application/X-NDJSON"));
        assertTrue(ResultFormat.ofAccept("image/png").isEmpty());
    }

    private static String ndjson(String sql) throws IOException {
        return written(ResultFormat.NDJSON, sql);
    }

    private static String written(ResultFormat format, String sql) throws IOException {
        return new String(bytes(format, sql), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ResultFormat format, String sql) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(format, sql, out);
        return out.toByteArray();
    }

    private static void write(ResultFormat format, String sql, OutputStream out)
            throws IOException {
        SessionSpec spec =
                new SessionSpec(
                        SessionSpec.Purpose.QUERY,
                        ByteSize.ofMebibytes(256),
                        1,
                        scratch,
                        List.of(),
                        List.of());
        try (EngineSession session = engine.open(spec);
                ArrowResult result = session.stream(sql, Duration.ofSeconds(30))) {
            ResultWriter.of(format, () -> false).write(result, out);
        }
    }
}
