package dev.sheaf.lake;

import static dev.sheaf.lake.Contracts.optional;
import static dev.sheaf.lake.Contracts.partition;
import static dev.sheaf.lake.Contracts.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Decimal;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Rows are split as Iceberg's own transforms would split them.
final class PartitionTest {
    @TempDir Path directory;
    private Lake lake;
    private EngineSession session;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory.resolve("staging"));
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

    private LakeTable partitioned(ColumnType type, String cut) {
        return lake.createOrEvolve(
                new TableName("a", "b"),
                table(partition("p", type, cut), optional("v", Primitive.INT)),
                "file://" + directory.resolve("store/a/b"));
    }

    private static ColumnType type(String name) {
        return name.equals("DECIMAL") ? new Decimal(9, 2) : Primitive.valueOf(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRING | identity | CASE i WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN '/a%=é'"
                        + " ELSE 'x' END",
                "INT | identity | i - 3",
                "BOOLEAN | identity | i % 2 = 0",
                "DECIMAL | identity | (i - 4) * 1.25",
                "DATE | identity | DATE '1969-12-29' + i::INT",
                "DATE | day | DATE '1969-12-29' + i::INT",
                "DATE | month | DATE '1969-11-29' + i::INT * 20",
                "DATE | year | DATE '1968-11-29' + i::INT * 200",
                "TIMESTAMP | day | TIMESTAMP '1969-12-30 23:59:59.999999' + i * INTERVAL 7 HOUR",
                "TIMESTAMP_TZ | day | TIMESTAMPTZ '1969-12-30 23:59:59.999999+00' + i * INTERVAL 7"
                        + " HOUR",
                "TIMESTAMP | '' | TIMESTAMP '2024-02-28 12:00:00' + i * INTERVAL 13 HOUR",
                "INT | truncate[10] | i * 7 - 30",
                "LONG | truncate[100] | i * 77 - 300",
                "DECIMAL | truncate[50] | i * 0.37 - 1.5",
                "STRING | truncate[2] | CASE i WHEN 0 THEN '' ELSE concat('🚲é', i) END",
                "INT | bucket[5] | i * 1000 - 3",
                "LONG | bucket[16] | i * 123456789012 - 5",
                "DATE | bucket[4] | DATE '1969-12-01' + i::INT * 11",
                "TIMESTAMP | bucket[7] | TIMESTAMP '1969-12-31 00:00:00.000001' + i * INTERVAL 5"
                        + " HOUR",
                "STRING | bucket[8] | left('Zürich 🚲 und mehr', i::INT)"
            })
    void splitsAsIcebergDoes(String typeName, String cut, String expression) {
        LakeTable table = partitioned(type(typeName), cut);
        session.execute("SET TimeZone = 'Asia/Tokyo'");
        String select =
                "SELECT CAST("
                        + expression
                        + " AS "
                        + duck(typeName)
                        + ") AS p, i::INT AS v FROM range(12) r(i)";
        List<WrittenFile> files = table.write(session, select, "r1");
        assertEquals(12, files.stream().mapToLong(f -> f.file().recordCount()).sum());
        String transform = cut.isEmpty() || cut.equals("''") ? "day" : cut;
        for (WrittenFile file : files) {
            assertEquals(
                    List.of(String.valueOf(file.file().partition().get(0, Object.class))),
                    List.copyOf(values(file.file(), table, transform)));
        }
        Lake.SnapshotInfo snapshot = table.commit(CommitMode.APPEND, files, Map.of());
        assertEquals(12, table.plan(snapshot.id(), Expressions.alwaysTrue()).rows());
        assertTrue(table.plan(snapshot.id(), Expressions.isNull("v")).files().isEmpty());
    }

    private static String duck(String type) {
        return switch (type) {
            case "STRING" -> "VARCHAR";
            case "LONG" -> "BIGINT";
            case "DECIMAL" -> "DECIMAL(9,2)";
            case "TIMESTAMP_TZ" -> "TIMESTAMPTZ";
            default -> type;
        };
    }

    /// The partition values of a file's rows by Iceberg's transform.
    private TreeSet<String> values(DataFile file, LakeTable table, String transform) {
        Type type = table.schema().findType("p");
        TreeSet<String> found = new TreeSet<>();
        for (List<?> row :
                session.query(
                                "SELECT "
                                        + internal(type)
                                        + " FROM read_parquet('"
                                        + Path.of(file.location().substring(7))
                                        + "')")
                        .rows()) {
            found.add(String.valueOf(apply(transform, type, row.getFirst())));
        }
        return found;
    }

    private static String internal(Type type) {
        return switch (type.typeId()) {
            case DATE -> "(p - DATE '1970-01-01')::INT";
            case TIMESTAMP -> "epoch_us(p)";
            default -> "p";
        };
    }

    private static @org.jspecify.annotations.Nullable Object apply(
            String transform, Type type, @org.jspecify.annotations.Nullable Object value) {
        Object typed =
                switch (value) {
                    case Long number
                            when type.typeId() == Type.TypeID.INTEGER
                                    || type.typeId() == Type.TypeID.DATE ->
                            number.intValue();
                    case null -> null;
                    default -> value;
                };
        return Transforms.fromString(transform).bind(type).apply(cast(typed));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    private static <T> T cast(@org.jspecify.annotations.Nullable Object value) {
        return (T) value;
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE,identity",
        "STRING,day",
        "INT,year",
        "DATE,truncate[3]",
        "STRING,bucket[0]",
        "STRING,nonsense",
        "BINARY,identity"
    })
    void whatATypeCannotGiveIsRefused(String type, String cut) {
        Problem problem = assertThrows(Problem.class, () -> partitioned(type(type), cut));
        assertEquals(ProblemCode.INVALID_CONTRACT, problem.code());
        assertTrue(problem.message().contains("'p'"), problem.message());
    }

    @Test
    void aTableChangesItsPartitioningAndKeepsWhatIsThere() {
        LakeTable table = partitioned(Primitive.DATE, "day");
        String select = "SELECT DATE '2024-01-01' + i::INT AS p, i::INT AS v FROM range(40) r(i)";
        table.commit(CommitMode.APPEND, table.write(session, select, "r1"), Map.of());
        LakeTable monthly = partitioned(Primitive.DATE, "month");
        List<WrittenFile> files = monthly.write(session, select, "r2");
        assertEquals(2, files.size());
        Lake.SnapshotInfo snapshot = monthly.commit(CommitMode.APPEND, files, Map.of());
        assertEquals(80, monthly.plan(snapshot.id(), Expressions.alwaysTrue()).rows());
        // the day's own file, and the nine days of February in a month's file
        assertEquals(
                1 + 9, monthly.plan(snapshot.id(), Expressions.equal("p", "2024-02-05")).rows());
        LakeTable plain =
                lake.createOrEvolve(
                        new TableName("a", "b"),
                        table(optional("v", Primitive.INT)),
                        "file://" + directory.resolve("store/a/b"));
        assertEquals(1, plain.write(session, "SELECT 1 AS v", "r3").size());
        assertEquals(Types.IntegerType.get(), plain.schema().findType("v"));
    }
}
