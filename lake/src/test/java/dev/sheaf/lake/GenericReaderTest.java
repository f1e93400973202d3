package dev.sheaf.lake;

import static dev.sheaf.lake.Contracts.optional;
import static dev.sheaf.lake.Contracts.required;
import static dev.sheaf.lake.Contracts.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Decimal;
import dev.sheaf.contract.ColumnType.Field;
import dev.sheaf.contract.ColumnType.ListOf;
import dev.sheaf.contract.ColumnType.MapOf;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.ColumnType.Struct;
import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.WrittenFile;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.Files;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Iceberg's own generic reader reads what DuckDB wrote, and its own footer reader computes the
/// metrics that we took from COPY.
final class GenericReaderTest {
    private static final TableContract EVERY_TYPE =
            table(
                    required("id", Primitive.LONG),
                    optional("yes", Primitive.BOOLEAN),
                    optional("small", Primitive.INT),
                    optional("single", Primitive.FLOAT),
                    optional("real", Primitive.DOUBLE),
                    optional("day", Primitive.DATE),
                    optional("clock", Primitive.TIME),
                    optional("moment", Primitive.TIMESTAMP),
                    optional("instant", Primitive.TIMESTAMP_TZ),
                    optional("text", Primitive.STRING),
                    optional("token", Primitive.UUID),
                    optional("raw", Primitive.BINARY),
                    optional("money", new Decimal(9, 2)),
                    optional("longer", new Decimal(18, 4)),
                    optional("wide", new Decimal(38, 10)),
                    optional(
                            "nested \"odd\" name",
                            new Struct(
                                    List.of(
                                            new Field("x", Primitive.INT, false),
                                            new Field(
                                                    "ys",
                                                    new ListOf(Primitive.STRING, false),
                                                    false)))),
                    optional("pairs", new MapOf(Primitive.STRING, Primitive.DOUBLE, false)),
                    optional(
                            "things",
                            new ListOf(
                                    new Struct(List.of(new Field("q", Primitive.DATE, false))),
                                    false)),
                    optional("nothing", Primitive.INT));

    private static final String SELECT =
            """
            SELECT i AS id,
              CASE WHEN i % 5 = 0 THEN NULL ELSE i % 2 = 0 END AS yes,
              (i - 50)::INT AS small,
              CASE WHEN i = 7 THEN 'nan'::FLOAT WHEN i = 8 THEN NULL ELSE (i / 4)::FLOAT END AS single,
              CASE WHEN i = 3 THEN '-0.0'::DOUBLE ELSE i * 0.5 END::DOUBLE AS real,
              DATE '1969-12-20' + i::INT AS day,
              TIME '00:00:01.000001' + i * INTERVAL 1 MINUTE AS clock,
              TIMESTAMP '1969-12-31 23:59:59.999999' + i * INTERVAL 1 HOUR AS moment,
              TIMESTAMPTZ '2024-03-31 00:30:00.5+00' + i * INTERVAL 1 HOUR AS instant,
              CASE WHEN i = 4 THEN '' ELSE 'Zürich 🚲 ' || repeat('x', i::INT) END AS text,
              CASE WHEN i % 3 = 0 THEN NULL ELSE md5(i::VARCHAR)::UUID END AS token,
              unhex(lpad(to_hex(i), 2, '0') || repeat('ff', 20)) AS raw,
              (i / 7 - 3)::DECIMAL(9,2) AS money,
              (i * 1234567.1234)::DECIMAL(18,4) AS longer,
              (i * -98765432109876543210.0123456789::DECIMAL(38,10))::DECIMAL(38,10) AS wide,
              CASE WHEN i % 4 = 0 THEN NULL ELSE {'x': i::INT, 'ys': ['a', NULL, i::VARCHAR]} END
                AS "nested ""odd"" name",
              MAP {'k' || i: i * 1.5::DOUBLE} AS pairs,
              CASE WHEN i % 6 = 0 THEN [] ELSE [{'q': DATE '2024-01-01' + i::INT}, NULL] END AS things,
              NULL::INT AS nothing
            FROM range(100) r(i)
            """;

    @TempDir Path directory;
    private Lake lake;
    private EngineSession session;

    @BeforeEach
    void open() throws IOException {
        java.nio.file.Files.createDirectories(directory.resolve("staging"));
        lake =
                Lake.open(
                        new LakeConfig(
                                new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                                List.of(StoreConfig.local("here", directory.resolve("store"))),
                                directory.resolve("staging")));
        session = TestEngine.session(directory);
    }

    @AfterEach
    void close() {
        session.close();
        lake.close();
    }

    private LakeTable everyType() {
        return lake.createOrEvolve(
                new Lake.TableName("a", "b"),
                EVERY_TYPE,
                "file://" + directory.resolve("store/a/b"));
    }

    @Test
    void everyRowAndTypeReadsEqual() throws IOException {
        LakeTable table = everyType();
        List<String> read = new ArrayList<>();
        for (WrittenFile file : table.write(session, SELECT, "r1")) {
            try (CloseableIterable<Record> records =
                    Parquet.read(Files.localInput(file.file().location()))
                            .project(table.schema())
                            .createReaderFunc(parquet ->
                                    GenericParquetReaders.buildReader(table.schema(), parquet))
                            .build()) {
                records.forEach(record -> {
                    List<String> row = new ArrayList<>();
                    for (int i = 0; i < record.size(); i++) {
                        row.add(shown(record.get(i)));
                    }
                    read.add(row.toString());
                });
            }
        }
        List<String> expected =
                session.query(asText()).rows().stream().map(List::toString).toList();
        assertEquals(100, read.size());
        for (int i = 0; i < read.size(); i++) {
            assertEquals(expected.get(i), read.get(i));
        }
    }

    @Test
    void metricsAreThoseOfIcebergsFooterReader() throws IOException {
        LakeTable table = everyType();
        for (WrittenFile written : table.write(session, SELECT, "r1")) {
            DataFile ours = written.file();
            Metrics theirs =
                    ParquetUtil.fileMetrics(
                            Files.localInput(ours.location()), MetricsConfig.getDefault());
            assertEquals(theirs.recordCount(), ours.recordCount());
            assertEquals(new TreeMap<>(theirs.columnSizes()), new TreeMap<>(ours.columnSizes()));
            assertEquals(new TreeMap<>(theirs.valueCounts()), new TreeMap<>(ours.valueCounts()));
            assertEquals(
                    new TreeMap<>(theirs.nullValueCounts()), new TreeMap<>(ours.nullValueCounts()));
            // DuckDB puts no bounds of a column with NaN into the footer, but COPY gives the lower
            Map<String, String> lower = bounds(table, ours.lowerBounds());
            assertEquals("-0.0", lower.remove("single"));
            assertEquals(bounds(table, theirs.lowerBounds()), lower);
            assertEquals(bounds(table, theirs.upperBounds()), bounds(table, ours.upperBounds()));
            assertEquals(
                    1, ours.nanValueCounts().get(table.schema().findField("single").fieldId()));
            assertTrue(ours.splitOffsets() != null && ours.splitOffsets().getFirst() == 4);
        }
    }

    private static Map<String, String> bounds(LakeTable table, Map<Integer, ByteBuffer> bounds) {
        Map<String, String> shown = new TreeMap<>();
        bounds.forEach((id, bytes) -> {
            NestedField field = table.schema().findField(id);
            shown.put(
                    table.schema().findColumnName(id),
                    shown(Conversions.fromByteBuffer(field.type(), bytes)));
        });
        return shown;
    }

    /// The select with each value as text, in the form that [#shown] gives Java values.
    private static String asText() {
        Map<String, String> forms = new LinkedHashMap<>();
        EVERY_TYPE
                .columns()
                .forEach(column ->
                        forms.put(
                                column.name(),
                                form(
                                        column.type(),
                                        '"' + column.name().replace("\"", "\"\"") + '"')));
        return "SELECT " + String.join(", ", forms.values()) + " FROM (" + SELECT + ")";
    }

    private static String form(ColumnType type, String value) {
        String text =
                switch (type) {
                    case Primitive primitive ->
                            switch (primitive) {
                                case BINARY -> "lower(hex(" + value + "))";
                                case TIMESTAMP -> "'m' || epoch_us(" + value + ")";
                                case TIMESTAMP_TZ -> "'i' || epoch_us(" + value + ")";
                                case TIME -> "'t' || epoch_us(DATE '1970-01-01' + " + value + ")";
                                default -> value + "::VARCHAR";
                            };
                    case Decimal _ -> value + "::VARCHAR";
                    case Struct struct -> {
                        List<String> members = new ArrayList<>();
                        struct.fields()
                                .forEach(field ->
                                        members.add(
                                                form(
                                                        field.type(),
                                                        value + "[\'" + field.name() + "\']")));
                        yield "'{' || " + String.join(" || ',' || ", members) + " || '}'";
                    }
                    case ListOf list ->
                            "'[' || array_to_string(list_transform("
                                    + value
                                    + ", lambda e: "
                                    + form(list.element(), "e")
                                    + "), ',') || ']'";
                    case MapOf map ->
                            "'<' || array_to_string(list_transform(map_entries("
                                    + value
                                    + "), lambda e: "
                                    + form(map.key(), "e.key")
                                    + " || '=' || "
                                    + form(map.value(), "e.value")
                                    + "), ',') || '>'";
                };
        return "CASE WHEN " + value + " IS NULL THEN 'null' ELSE " + text + " END";
    }

    private static String shown(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Record record -> {
                List<String> members = new ArrayList<>();
                for (int i = 0; i < record.size(); i++) {
                    members.add(shown(record.get(i)));
                }
                yield "{" + String.join(",", members) + "}";
            }
            case List<?> list ->
                    "["
                            + String.join(",", list.stream().map(GenericReaderTest::shown).toList())
                            + "]";
            case Map<?, ?> map ->
                    "<"
                            + String.join(
                                    ",",
                                    map.entrySet().stream()
                                            .map(e -> shown(e.getKey()) + "=" + shown(e.getValue()))
                                            .toList())
                            + ">";
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield HexFormat.of().formatHex(copy);
            }
            case java.time.LocalDateTime moment ->
                    "m" + micros(moment.toInstant(java.time.ZoneOffset.UTC));
            case java.time.OffsetDateTime instant -> "i" + micros(instant.toInstant());
            case java.time.LocalTime time -> "t" + time.toNanoOfDay() / 1000;
            case java.math.BigDecimal number -> number.toPlainString();
            case Float single when single.isNaN() -> "nan";
            default -> value.toString();
        };
    }

    private static long micros(java.time.Instant instant) {
        return java.time.temporal.ChronoUnit.MICROS.between(java.time.Instant.EPOCH, instant);
    }
}
