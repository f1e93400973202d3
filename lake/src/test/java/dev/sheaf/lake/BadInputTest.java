package dev.sheaf.lake;

import static dev.sheaf.contract.ColumnType.Primitive.LONG;
import static dev.sheaf.lake.Contracts.optional;
import static dev.sheaf.lake.Contracts.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.TableContract;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.TableName;

import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What is broken around the lake is said clearly, and soon.
@Timeout(60)
final class BadInputTest {
    private static final TableName NAME = new TableName("sales", "orders");
    private static final TableContract ONE = table(optional("id", LONG));

    @TempDir Path directory;

    @BeforeEach
    void staging() throws IOException {
        Files.createDirectories(directory.resolve("staging"));
    }

    private Lake open() {
        return Lake.open(
                new LakeConfig(
                        new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                        List.of(StoreConfig.local("here", directory.resolve("store"))),
                        directory.resolve("staging")));
    }

    private String location() {
        return "file://" + directory.resolve("store/orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "not json", "{\"format-version\": 99}"})
    void corruptMetadataIsSaidToBeUnreadable(String content) throws IOException {
        try (Lake lake = open()) {
            lake.createOrEvolve(NAME, ONE, location());
        }
        try (Stream<Path> walk = Files.walk(directory.resolve("store"))) {
            for (Path file : walk.filter(p -> p.toString().endsWith(".json")).toList()) {
                Files.writeString(file, content);
            }
        }
        long start = System.nanoTime();
        try (Lake lake = open()) {
            Problem problem = assertThrows(Problem.class, () -> lake.table(NAME));
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code(), problem.message());
            assertTrue(problem.message().contains(location()), problem.message());
        }
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void missingMetadataIsSaidToBeMissing() throws IOException {
        try (Lake lake = open()) {
            lake.createOrEvolve(NAME, ONE, location());
            try (Stream<Path> walk = Files.walk(directory.resolve("store"))) {
                for (Path file : walk.filter(p -> p.toString().endsWith(".json")).toList()) {
                    Files.delete(file);
                }
            }
            Problem problem = assertThrows(Problem.class, () -> lake.table(NAME));
            assertEquals(ProblemCode.NOT_FOUND, problem.code(), problem.message());
        }
    }

    @Test
    void aCatalogThatDoesNotAnswerIsUnavailable() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "x");
        LakeConfig config =
                new LakeConfig(
                        new CatalogConfig.Postgres(
                                "jdbc:postgresql://127.0.0.1:1/lake",
                                "nobody",
                                new SecretReference("file:" + password)),
                        List.of(),
                        directory.resolve("staging"));
        Problem problem = assertThrows(Problem.class, () -> Lake.open(config));
        assertEquals(ProblemCode.UNAVAILABLE, problem.code(), problem.message());
    }

    @Test
    void aStagingDirectoryThatIsGoneIsSaidToBeSo() throws IOException {
        try (Lake lake = open();
                EngineSession session = TestEngine.session(directory)) {
            LakeTable table = lake.createOrEvolve(NAME, ONE, location());
            Files.delete(directory.resolve("staging"));
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () -> table.write(session, "SELECT 1::BIGINT AS id", "r1"));
            assertEquals(ProblemCode.STORAGE_FAILED, problem.code(), problem.message());
        }
    }

    /// A process of its own, which ends without any clean-up between write and commit.
    @Test
    void killedBetweenWriteAndCommitTheOldReleaseStaysAndTheRestIsDiscarded() throws Exception {
        try (Lake lake = open();
                EngineSession session = TestEngine.session(directory)) {
            LakeTable table = lake.createOrEvolve(NAME, ONE, location());
            table.commit(
                    CommitMode.APPEND,
                    table.write(session, "SELECT 1::BIGINT AS id", "r1"),
                    Map.of("sheaf.run", "r1"));
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledWriter.class.getName(),
                                directory.toString())
                        .inheritIO()
                        .start();
        assertTrue(process.waitFor(50, TimeUnit.SECONDS));
        assertEquals(KilledWriter.EXIT, process.exitValue());
        try (Lake lake = open()) {
            LakeTable table = lake.table(NAME).orElseThrow();
            assertEquals(1, table.snapshots().size());
            long current = table.current().orElseThrow().id();
            assertEquals(1, table.plan(current, Expressions.alwaysTrue()).rows());
            assertEquals(1, table.discard("killed"));
        }
    }
}
