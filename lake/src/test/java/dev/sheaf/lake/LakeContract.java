package dev.sheaf.lake;

import static dev.sheaf.contract.ColumnType.Primitive.DOUBLE;
import static dev.sheaf.contract.ColumnType.Primitive.FLOAT;
import static dev.sheaf.contract.ColumnType.Primitive.INT;
import static dev.sheaf.contract.ColumnType.Primitive.LONG;
import static dev.sheaf.contract.ColumnType.Primitive.STRING;
import static dev.sheaf.lake.Contracts.described;
import static dev.sheaf.lake.Contracts.key;
import static dev.sheaf.lake.Contracts.optional;
import static dev.sheaf.lake.Contracts.renamed;
import static dev.sheaf.lake.Contracts.required;
import static dev.sheaf.lake.Contracts.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;

import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every lake does, whatever its catalog's database.
abstract class LakeContract {
    static final TableName NAME = new TableName("sales", "orders");
    static final TableContract TWO_COLUMNS =
            table(key("id", LONG), described("note", STRING, "what was said"));

    @TempDir Path directory;
    Lake lake;
    EngineSession session;

    /// The catalog that all lakes of one test share.
    abstract CatalogConfig catalog();

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory.resolve("staging"));
        Files.createDirectories(directory.resolve("store"));
        lake = Lake.open(config());
        session = TestEngine.session(directory);
    }

    @AfterEach
    void close() {
        session.close();
        lake.close();
    }

    LakeConfig config() {
        return new LakeConfig(
                catalog(),
                List.of(StoreConfig.local("here", directory.resolve("store"))),
                directory.resolve("staging"));
    }

    String location() {
        return "file://" + directory.resolve("store/sales/orders");
    }

    SnapshotInfo publish(LakeTable table, String select, String run) {
        return publish(table, select, run, CommitMode.APPEND);
    }

    SnapshotInfo publish(LakeTable table, String select, String run, CommitMode mode) {
        return table.commit(mode, table.write(session, select, run), Map.of("sheaf.run", run));
    }

    /// The rows of a snapshot by DuckDB, read by field id as the query room does.
    long rows(LakeTable table, long snapshot) {
        return table.plan(snapshot, Expressions.alwaysTrue()).rows();
    }

    @Test
    void aTableIsThereOnlyAfterItWasCreated() {
        assertTrue(lake.table(NAME).isEmpty());
        lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        LakeTable table = lake.table(NAME).orElseThrow();
        assertTrue(table.current().isEmpty());
        assertEquals(Set.of("id"), table.schema().identifierFieldNames());
        assertEquals("what was said", table.schema().findField("note").doc());
    }

    @Test
    void rowsAreVisibleAfterTheCommitAndNotBefore() {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        List<Lake.WrittenFile> files =
                table.write(session, "SELECT 1::BIGINT AS id, 'x' AS note", "run-1");
        assertTrue(lake.table(NAME).orElseThrow().current().isEmpty());
        SnapshotInfo snapshot =
                table.commit(CommitMode.APPEND, files, Map.of("sheaf.run", "run-1"));
        assertEquals("run-1", snapshot.summary().get("sheaf.run"));
        LakeTable seen = lake.table(NAME).orElseThrow();
        assertEquals(snapshot.id(), seen.current().orElseThrow().id());
        assertEquals(1, rows(seen, snapshot.id()));
    }

    @Test
    void appendAddsAndReplaceTakesThePlace() {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        SnapshotInfo one = publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "r1");
        SnapshotInfo two = publish(table, "SELECT range AS id, 'y' AS note FROM range(10)", "r2");
        SnapshotInfo three =
                publish(
                        table,
                        "SELECT range AS id, 'z' AS note FROM range(3)",
                        "r3",
                        CommitMode.REPLACE);
        assertEquals(
                List.of(1L, 11L, 3L),
                List.of(rows(table, one.id()), rows(table, two.id()), rows(table, three.id())));
        assertEquals(
                List.of(one.id(), two.id(), three.id()),
                table.snapshots().stream().map(SnapshotInfo::id).toList());
        assertEquals(two.id(), three.parentId().orElseThrow());
    }

    @Test
    void aQueryWithoutRowsWritesNoFileAndItsCommitIsASnapshotAllTheSame() {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        List<Lake.WrittenFile> files =
                table.write(session, "SELECT 1::BIGINT AS id, 'x' AS note WHERE false", "r1");
        assertTrue(files.isEmpty());
        assertEquals(0, rows(table, table.commit(CommitMode.APPEND, files, Map.of()).id()));
    }

    @Test
    void rollbackKeepsHistoryAndTimeTravelSeesIt() throws InterruptedException {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        SnapshotInfo one = publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "r1");
        Thread.sleep(5);
        SnapshotInfo two = publish(table, "SELECT 2::BIGINT AS id, 'x' AS note", "r2");
        Thread.sleep(5);
        assertEquals(one.id(), table.rollbackTo(one.id()).id());
        Instant afterRollback = Instant.now();
        LakeTable seen = lake.table(NAME).orElseThrow();
        assertEquals(one.id(), seen.current().orElseThrow().id());
        assertEquals(2, seen.snapshots().size());
        assertEquals(two.id(), seen.asOf(two.committedAt()).orElseThrow().id());
        assertEquals(one.id(), seen.asOf(afterRollback).orElseThrow().id());
        assertTrue(seen.asOf(one.committedAt().minusSeconds(60)).isEmpty());
        assertEquals(2, rows(seen, two.id()));
        SnapshotInfo three = publish(seen, "SELECT 3::BIGINT AS id, 'x' AS note", "r3");
        assertEquals(one.id(), three.parentId().orElseThrow());
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(Problem.class, () -> seen.rollbackTo(7)).code());
    }

    @Test
    void aTableEvolvesAndFieldsKeepTheirIds() {
        TableContract first =
                table(
                        required("id", INT),
                        optional("price", FLOAT),
                        optional("gone", STRING),
                        optional("note", STRING));
        LakeTable table = lake.createOrEvolve(NAME, first, location());
        SnapshotInfo before =
                publish(
                        table,
                        "SELECT 1 AS id, 1.5::FLOAT AS price, 'g' AS gone, 'n' AS note",
                        "r1");
        int price = table.schema().findField("price").fieldId();
        int note = table.schema().findField("note").fieldId();
        TableContract second =
                table(
                        renamed("note", "remark", STRING),
                        optional("id", LONG),
                        optional("extra", DOUBLE),
                        described("price", DOUBLE, "in pounds"));
        LakeTable evolved = lake.createOrEvolve(NAME, second, location());
        assertEquals(
                List.of("remark", "id", "extra", "price"),
                evolved.schema().columns().stream().map(f -> f.name()).toList());
        assertEquals(note, evolved.schema().findField("remark").fieldId());
        assertEquals(price, evolved.schema().findField("price").fieldId());
        assertEquals("in pounds", evolved.schema().findField("price").doc());
        assertTrue(evolved.schema().findField("id").isOptional());
        assertEquals("float", evolved.schema(before.id()).findField("price").type().toString());
        publish(
                evolved,
                "SELECT 'r' AS remark, 2::BIGINT AS id, NULL::DOUBLE AS extra, 2.5::DOUBLE AS"
                        + " price",
                "r2");
        int changes = evolved.schema().schemaId();
        assertEquals(changes, lake.createOrEvolve(NAME, second, location()).schema().schemaId());
    }

    @Test
    void whatReadersCouldNotFollowIsRefusedWithEveryReason() {
        LakeTable table =
                lake.createOrEvolve(
                        NAME, table(optional("id", LONG), optional("note", STRING)), location());
        publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "r1");
        TableContract narrower =
                table(optional("id", INT), required("note", STRING), required("more", STRING));
        Problem problem =
                assertThrows(Problem.class, () -> lake.createOrEvolve(NAME, narrower, location()));
        assertEquals(ProblemCode.BREAKING_CHANGE, problem.code());
        assertTrue(problem.message().contains("id was long and becomes int"), problem.message());
        assertTrue(problem.message().contains("note was optional"), problem.message());
        assertTrue(problem.message().contains("more is new and required"), problem.message());
        assertEquals(table.schema().asStruct(), lake.table(NAME).orElseThrow().schema().asStruct());
    }

    @Test
    void aRebuildGivesChangedColumnsNewIdsAndOldReleasesKeepTheirs() {
        LakeTable table =
                lake.createOrEvolve(
                        NAME, table(optional("id", LONG), optional("note", STRING)), location());
        SnapshotInfo old = publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "r1");
        int id = table.schema().findField("id").fieldId();
        LakeTable rebuilt =
                lake.rebuild(
                        NAME, table(required("id", STRING), required("more", INT)), location());
        assertTrue(rebuilt.schema().findField("id").fieldId() > id);
        assertEquals(id, rebuilt.schema(old.id()).findField("id").fieldId());
        SnapshotInfo now =
                publish(rebuilt, "SELECT 'a' AS id, 1 AS more", "r2", CommitMode.REPLACE);
        assertEquals(1, rows(rebuilt, now.id()));
    }

    @Test
    void commitsOfTwoLakesAtOnceAllSucceed() throws Exception {
        lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        try (Lake other = Lake.open(config());
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<List<Lake.WrittenFile>> written = new ArrayList<>();
            LakeTable writer = lake.table(NAME).orElseThrow();
            for (int i = 0; i < 8; i++) {
                written.add(
                        writer.write(
                                session, "SELECT " + i + "::BIGINT AS id, 'x' AS note", "r" + i));
            }
            List<Callable<SnapshotInfo>> commits = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Lake mine = i % 2 == 0 ? lake : other;
                List<Lake.WrittenFile> files = written.get(i);
                commits.add(() ->
                        mine.table(NAME).orElseThrow().commit(CommitMode.APPEND, files, Map.of()));
            }
            for (Future<SnapshotInfo> commit : threads.invokeAll(commits)) {
                commit.get();
            }
        }
        LakeTable table = lake.table(NAME).orElseThrow();
        assertEquals(8, table.snapshots().size());
        assertEquals(8, rows(table, table.current().orElseThrow().id()));
    }

    @Test
    void whatWasWrittenAndNotCommittedIsDiscardedAndACommittedRunIsNot() {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "kept");
        table.write(session, "SELECT 2::BIGINT AS id, 'x' AS note", "lost");
        try (Lake next = Lake.open(config())) {
            LakeTable seen = next.table(NAME).orElseThrow();
            assertEquals(1, rows(seen, seen.current().orElseThrow().id()));
            assertEquals(1, seen.discard("lost"));
            assertEquals(0, seen.discard("lost"));
            assertEquals(
                    ProblemCode.CONFLICT,
                    assertThrows(Problem.class, () -> seen.discard("kept")).code());
        }
    }

    @Test
    void aRewriteLeavesNothingOfTheFilesItTakesOutOnceTheirSnapshotsAreForgotten()
            throws IOException {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        SnapshotInfo one = publish(table, "SELECT 1::BIGINT AS id, 'zzz' AS note", "r1");
        SnapshotInfo two = publish(table, "SELECT 2::BIGINT AS id, 'y' AS note", "r2");
        TableHistory history = lake.history(NAME).orElseThrow();
        String file = table.plan(one.id(), Expressions.alwaysTrue()).files().getFirst().location();
        SnapshotInfo three =
                history.rewrite(
                        two.id(),
                        Set.of(file),
                        table.write(session, "SELECT 3::BIGINT AS id, 'x' AS note", "r3"),
                        Map.of("sheaf.run", "r3"));
        table.refresh();
        assertEquals(three, table.current().orElseThrow());
        assertEquals(2, rows(table, three.id()));
        assertEquals("2", three.summary().get("total-records"));
        TableHistory.SnapshotFiles files = history.files(three.id());
        assertFalse(files.mentioned().contains(file));
        assertTrue(files.isComplete());
        assertTrue(history.files(three.parentId().orElseThrow()).mentioned().contains(file));
        history.forget(Set.of(one.id(), two.id(), three.parentId().orElseThrow(), 42L));
        table.refresh();
        assertEquals(List.of(three), table.snapshots());
        try (java.util.stream.Stream<Path> left =
                Files.list(directory.resolve("store/sales/orders/metadata"))) {
            assertEquals(
                    3, left.filter(path -> path.toString().endsWith(".metadata.json")).count());
        }
        assertEquals(
                3, rows(table, publish(table, "SELECT 4::BIGINT AS id, '' AS note", "r4").id()));
    }

    @Test
    void whatIsCurrentIsNotForgottenAndARewriteOfWhatIsNotAnyMoreIsRefused() {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        SnapshotInfo one = publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "r1");
        SnapshotInfo two = publish(table, "SELECT 2::BIGINT AS id, 'y' AS note", "r2");
        TableHistory history = lake.history(NAME).orElseThrow();
        Problem current = assertThrows(Problem.class, () -> history.forget(Set.of(two.id())));
        assertEquals(ProblemCode.CONFLICT, current.code());
        Problem late =
                assertThrows(
                        Problem.class,
                        () -> history.rewrite(one.id(), Set.of(), List.of(), Map.of()));
        assertEquals(ProblemCode.CONFLICT, late.code());
        assertEquals(2, table.refresh().snapshots().size());
    }

    @Test
    void aDroppedTableLeavesNoFile() throws IOException {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        publish(table, "SELECT 1::BIGINT AS id, 'x' AS note", "r1");
        lake.drop(NAME);
        assertTrue(lake.table(NAME).isEmpty());
        assertFalse(Files.exists(directory.resolve("store/sales/orders")));
        lake.drop(NAME);
    }

    @Test
    void aQueryOfOtherColumnsOrTypesIsRefused() throws IOException {
        LakeTable table = lake.createOrEvolve(NAME, TWO_COLUMNS, location());
        for (String select :
                List.of(
                        "SELECT 1::HUGEINT AS id, 'x' AS note",
                        "SELECT 'x' AS note, 1::BIGINT AS id",
                        "SELECT 1::BIGINT AS id",
                        "SELECT NULL::BIGINT AS id, 'x' AS note")) {
            Problem problem =
                    assertThrows(Problem.class, () -> table.write(session, select, "r1"), select);
            assertEquals(ProblemCode.INVALID_VALUE, problem.code(), select);
        }
        try (var staged = Files.list(directory.resolve("staging"))) {
            assertEquals(0, staged.count());
        }
        assertEquals(0, table.discard("r1"));
    }
}
