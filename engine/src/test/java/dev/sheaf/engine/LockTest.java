package dev.sheaf.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a session cannot reach, whatever its SQL.
@Timeout(60)
final class LockTest {
    @TempDir static Path folder;
    private static WorkerEngine engine;
    private static Path allowed;
    private static Path secret;

    @BeforeAll
    static void open() throws IOException {
        engine = new WorkerEngine(EngineFixture.config());
        allowed = Files.createDirectories(folder.resolve("allowed"));
        secret = Files.createDirectories(folder.resolve("allowed-not"));
        try (EngineSession session = engine.open(EngineFixture.publish(folder, folder))) {
            session.execute("COPY (SELECT 1 AS a) TO '" + allowed + "/a.parquet'");
            session.execute("COPY (SELECT 2 AS a) TO '" + secret + "/a.parquet'");
        }
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void whatIsGivenCanBeRead() {
        try (EngineSession session = engine.open(EngineFixture.query(folder, allowed))) {
            assertEquals(1, session.query("SELECT a FROM '" + allowed + "/a.parquet'").onlyLong());
        }
        Path file = secret.resolve("a.parquet");
        try (EngineSession session = engine.open(EngineFixture.query(folder, file))) {
            assertEquals(2, session.query("SELECT a FROM '" + file + "'").onlyLong());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM '{secret}/a.parquet'",
                "SELECT * FROM '{allowed}/../allowed-not/a.parquet'",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM read_csv('/proc/self/environ')",
                "COPY (SELECT 1) TO '{secret}/b.parquet'",
                "COPY (SELECT 1) TO '/tmp/sheaf-lock-test.parquet'",
                "ATTACH '{secret}/x.db'",
                "INSTALL httpfs",
                "LOAD spatial",
                "SELECT * FROM 'https://127.0.0.1/a.parquet'",
                "SET enable_external_access = true",
                "SET allowed_directories = ['/']",
                "SET allowed_configs = ['threads']",
                "SET lock_configuration = false",
                "SET memory_limit = '100GB'",
                "SET threads = 64",
                "RESET memory_limit",
                "PRAGMA memory_limit = '100GB'",
                "SET temp_directory = '/tmp/elsewhere'",
                "EXPORT DATABASE '{secret}/out'",
                "IMPORT DATABASE '{secret}/out'",
                "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
                "SET log_query_path = '/tmp/sheaf-lock-test.log'"
            })
    void nothingElseCanBeReachedOrChanged(String sql) {
        String statement =
                sql.replace("{secret}", secret.toString()).replace("{allowed}", allowed.toString());
        try (EngineSession session = engine.open(EngineFixture.query(folder, allowed))) {
            assertThrows(EngineProblem.class, () -> session.execute(statement));
        }
    }

    @Test
    void aLinkOutOfADirectoryIsNoWayOut() throws IOException {
        Path link = allowed.resolve("link.parquet");
        Files.createSymbolicLink(link, secret.resolve("a.parquet"));
        try (EngineSession session = engine.open(EngineFixture.query(folder, allowed))) {
            assertThrows(EngineProblem.class, () -> session.query("SELECT a FROM '" + link + "'"));
        } finally {
            Files.delete(link);
        }
    }
}
