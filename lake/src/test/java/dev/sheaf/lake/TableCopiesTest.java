package dev.sheaf.lake;

import static dev.sheaf.lake.Contracts.optional;
import static dev.sheaf.lake.Contracts.partition;
import static dev.sheaf.lake.Contracts.renamed;
import static dev.sheaf.lake.Contracts.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.TableCopies.CopiedFile;
import dev.sheaf.lake.TableCopies.TableCopy;

import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A snapshot that goes from one lake to another reads the same there.
final class TableCopiesTest {
    private static final TableName HOME = new TableName("sales", "orders");
    private static final TableName COPY = new TableName("copies", "orders");

    @TempDir Path directory;
    private Lake home;
    private Lake away;
    private EngineSession session;
    private SnapshotInfo snapshot;

    @BeforeEach
    void publish() throws IOException {
        home = lake("home");
        away = lake("away");
        session = TestEngine.session(directory);
        String location = "file://" + directory.resolve("home/store/sales/orders");
        LakeTable first =
                home.createOrEvolve(
                        HOME,
                        table(
                                partition("day", Primitive.DATE, "month"),
                                optional("note", Primitive.STRING),
                                optional("gone", Primitive.INT)),
                        location);
        add(first, "DATE '2026-01-15' + i::INT * 20 AS day, 'n' || i AS note, i::INT AS gone", "a");
        LakeTable second =
                home.createOrEvolve(
                        HOME,
                        table(
                                partition("day", Primitive.DATE, "month"),
                                renamed("note", "remark", Primitive.STRING),
                                optional("gone", Primitive.INT),
                                optional("extra", Primitive.DOUBLE)),
                        location);
        snapshot =
                add(
                        second,
                        "DATE '2026-04-15' + i::INT * 20 AS day, 'm' || i AS remark, i::INT AS"
                                + " gone, i * 1.5::DOUBLE AS extra",
                        "b");
    }

    private Lake lake(String name) throws IOException {
        Files.createDirectories(directory.resolve(name).resolve("staging"));
        return Lake.open(
                new LakeConfig(
                        new CatalogConfig.Sqlite(directory.resolve(name).resolve("catalog.db")),
                        List.of(StoreConfig.local("here", directory.resolve(name + "/store"))),
                        directory.resolve(name).resolve("staging")));
    }

    private SnapshotInfo add(LakeTable table, String columns, String run) {
        return table.commit(
                CommitMode.APPEND,
                table.write(session, "SELECT " + columns + " FROM range(5) r(i)", run),
                Map.of("sheaf.run", run));
    }

    @AfterEach
    void close() {
        session.close();
        home.close();
        away.close();
    }

    private Map<String, String> carried(TableCopy copy) throws IOException {
        Map<String, String> from = home.copies().locations(HOME, snapshot.id());
        Map<String, String> to = new HashMap<>();
        for (CopiedFile file : copy.files()) {
            Path taken = directory.resolve("away/staging").resolve(file.id());
            Files.copy(
                    Lake.localFile(Objects.requireNonNull(from.get(file.id()))).orElseThrow(),
                    taken);
            away.copies().verify(taken, file);
            String location = "file://" + directory.resolve("away/store/data/" + file.id());
            away.upload(taken, location);
            to.put(file.id(), location);
        }
        return to;
    }

    private LakeTable adopted(TableCopy copy) throws IOException {
        return away.copies()
                .adopt(
                        COPY,
                        copy,
                        "file://" + directory.resolve("away/store/r2"),
                        carried(copy),
                        Map.of("sheaf.release", "2"));
    }

    private static List<String> rows(Lake lake, TableName name) throws IOException {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(
                                new BaseTable(
                                        new StaticTableOperations(
                                                lake.copies().metadataLocation(name).orElseThrow(),
                                                lake.files()),
                                        name.toString()))
                        .build()) {
            records.forEach(record -> rows.add(record.toString()));
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void aCopyOfAPartitionedTableWithARenamedColumnReadsTheSame() throws IOException {
        TableCopy copy = home.copies().describe(HOME, snapshot.id());
        assertTrue(copy.files().size() > 4, () -> copy.files().toString());
        LakeTable adopted = adopted(copy);

        assertEquals(10, rows(home, HOME).size());
        assertEquals(rows(home, HOME), rows(away, COPY));
        LakeTable original = home.table(HOME).orElseThrow();
        SnapshotInfo made = adopted.current().orElseThrow();
        assertTrue(original.schema(snapshot.id()).sameSchema(adopted.schema(made.id())));
        assertEquals("2", made.summary().get("sheaf.release"));
        for (Expression filter :
                List.of(
                        Expressions.greaterThanOrEqual("day", "2026-05-20"),
                        Expressions.isNull("extra"),
                        Expressions.equal("remark", "m3"))) {
            assertEquals(
                    original.plan(snapshot.id(), filter).files().size(),
                    adopted.plan(made.id(), filter).files().size(),
                    filter::toString);
        }
        assertTrue(
                adopted.plan(made.id(), Expressions.equal("remark", "m3")).files().size()
                        < copy.files().size());
    }

    @Test
    void aDescriptionDoesNotTellWhereFilesLie() {
        TableCopy copy = home.copies().describe(HOME, snapshot.id());
        assertFalse(copy.toString().contains(directory.toString()), copy::toString);
        assertFalse(copy.toString().contains("data/"), copy::toString);
    }

    @Test
    void whatIsDescribedWronglyMakesNoTable() throws IOException {
        TableCopy copy = home.copies().describe(HOME, snapshot.id());
        Map<String, String> locations = carried(copy);
        String at = "file://" + directory.resolve("away/store/r2");
        CopiedFile first = copy.files().getFirst();
        List<TableCopy> wrong =
                List.of(
                        new TableCopy("{}", copy.specs(), copy.files()),
                        new TableCopy(copy.schema(), List.of(), copy.files()),
                        new TableCopy(copy.schema(), List.of("no json"), copy.files()),
                        new TableCopy(
                                copy.schema(),
                                copy.specs(),
                                List.of(
                                        new CopiedFile(
                                                first.id(),
                                                first.bytes(),
                                                first.rows() + 1,
                                                first.entry()))),
                        new TableCopy(
                                copy.schema(),
                                copy.specs(),
                                List.of(
                                        new CopiedFile(
                                                "00", first.bytes(), first.rows(), first.entry()))),
                        new TableCopy(
                                copy.schema(),
                                copy.specs(),
                                List.of(
                                        new CopiedFile(
                                                first.id(), first.bytes(), first.rows(), "[]"))));
        for (TableCopy each : wrong) {
            assertEquals(
                    ProblemCode.INVALID_VALUE,
                    assertThrows(
                                    Problem.class,
                                    () -> away.copies().adopt(COPY, each, at, locations, Map.of()))
                            .code());
            assertTrue(away.table(COPY).isEmpty());
        }
        away.copies().adopt(COPY, copy, at, locations, Map.of());
        assertEquals(
                ProblemCode.CONFLICT,
                assertThrows(
                                Problem.class,
                                () -> away.copies().adopt(COPY, copy, at, locations, Map.of()))
                        .code());
    }

    @Test
    void aFileThatIsCutShortOrHasOtherRowsIsFound() throws IOException {
        TableCopy copy = home.copies().describe(HOME, snapshot.id());
        CopiedFile file = copy.files().getFirst();
        Path path =
                Lake.localFile(
                                Objects.requireNonNull(
                                        home.copies()
                                                .locations(HOME, snapshot.id())
                                                .get(file.id())))
                        .orElseThrow();
        away.copies().verify(path, file);
        assertThrows(
                Problem.class,
                () ->
                        away.copies()
                                .verify(
                                        path,
                                        new CopiedFile(
                                                file.id(),
                                                file.bytes(),
                                                file.rows() + 1,
                                                file.entry())));
        Path cut = directory.resolve("cut.parquet");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(path), (int) file.bytes() - 1));
        assertThrows(Problem.class, () -> away.copies().verify(cut, file));
    }

    @Test
    void aTableIsOpenedWhereItLiesAndCannotBeChanged() throws IOException {
        String metadata = home.copies().metadataLocation(HOME).orElseThrow();
        Lake reader =
                Lake.open(
                        new LakeConfig(
                                new CatalogConfig.Sqlite(directory.resolve("reader.db")),
                                List.of(
                                        new StoreConfig(
                                                "theirs",
                                                "file://" + directory.resolve("home/store"),
                                                Map.of(),
                                                Map.of(),
                                                true)),
                                directory.resolve("home/staging")));
        try (reader) {
            LakeTable opened = reader.copies().openStatic(HOME, metadata);
            assertEquals(10, opened.plan(snapshot.id(), Expressions.alwaysTrue()).rows());
            assertThrows(
                    RuntimeException.class,
                    () -> opened.commit(CommitMode.REPLACE, List.of(), Map.of()));
            String file = metadata.substring(0, metadata.lastIndexOf('/')) + "/more";
            for (Executable change :
                    List.<Executable>of(
                            () -> reader.files().newOutputFile(file),
                            () -> reader.files().deleteFile(metadata),
                            () -> reader.deletePrefix(opened.location() + "/"),
                            () -> reader.upload(directory.resolve("reader.db"), file))) {
                assertEquals(ProblemCode.FORBIDDEN, assertThrows(Problem.class, change).code());
            }
            assertEquals(10, rows(home, HOME).size());
        }
    }
}
