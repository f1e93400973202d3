package dev.sheaf.product.ledger;

import static dev.sheaf.product.ledger.LedgerSamples.ORDERS;
import static dev.sheaf.product.ledger.LedgerSamples.committed;
import static dev.sheaf.product.ledger.LedgerSamples.domain;
import static dev.sheaf.product.ledger.LedgerSamples.prepared;
import static dev.sheaf.product.ledger.LedgerSamples.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.Run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/// What the SQLite ledger survives.
final class LedgerCrashTest {
    private static final int KILLS = 4;

    @TempDir private Path folder;

    private Ledger open() {
        return JdbcLedger.onSqlite(file(), LedgerSamples::read, Clock.systemUTC());
    }

    private Path file() {
        return folder.resolve("ledger.db");
    }

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereAndWholeAfterIt() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = ChildJvm.start(Writes.class, file().toString());
            long acknowledged;
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    writer.getInputStream(), StandardCharsets.UTF_8))) {
                ChildJvm.awaitLine(lines, "revision");
                Thread.sleep(random.nextInt(200));
                writer.toHandle().destroyForcibly(); // leaves what it wrote readable
                acknowledged = lastRevision(lines);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            requireWhole(acknowledged, "seed " + seed + ", kill " + kill);
        }
    }

    private void requireWhole(long acknowledged, String context) {
        try (Ledger ledger = open()) {
            long revision = ledger.revision();
            assertTrue(revision >= acknowledged, context);
            assertEquals(revision, ledger.contractVersions(ORDERS).size(), context);
            assertEquals(
                    "1.0." + revision,
                    ledger.product(ORDERS).orElseThrow().contract().version(),
                    context);
            for (Run run : ledger.runs(ORDERS, Integer.MAX_VALUE)) {
                assertEquals(2, run.inputs().size(), context);
            }
        }
    }

    private static long lastRevision(BufferedReader lines) throws IOException {
        long last = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches("revision \\d+\\.")) {
                last = Long.parseLong(line.substring("revision ".length(), line.length() - 1));
            }
        }
        return last;
    }

    @Test
    void theFileBelongsToItsOwnerOnly() throws IOException {
        open().close();
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void aCommitIsSyncedToTheDisk() throws Exception {
        try (Ledger ledger = open()) {
            assertEquals(0, ledger.revision());
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement statement = other.createStatement()) {
                assertEquals("wal", statement.executeQuery("PRAGMA journal_mode").getString(1));
            }
        }
        ConnectionPool pool = SqliteDatabase.open(file());
        int synchronous =
                pool.read(connection ->
                        Statements.first(connection, "PRAGMA synchronous", row -> row.getInt(1))
                                .orElseThrow());
        pool.close();
        assertEquals(2, synchronous, "2 is FULL");
    }

    @Test
    void aDamagedFileIsNotSilentlyReplaced() throws IOException {
        Files.writeString(file(), "this was never a database, but it is long enough".repeat(99));
        Problem problem = assertThrows(Problem.class, () -> open().close());
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
        assertTrue(problem.message().contains("ledger.db"), problem.message());
    }

    @Test
    void aLedgerOfTheFutureIsNotTouched() throws SQLException {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE ledger SET schema_version = 99");
        }
        Problem problem = assertThrows(Problem.class, () -> open().close());
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
    }

    @Test
    void aMissingFolderIsNamed() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                JdbcLedger.onSqlite(
                                                folder.resolve("none/ledger.db"),
                                                LedgerSamples::read,
                                                Clock.systemUTC())
                                        .close());
        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
    }

    @Test
    void aFullDiskIsCalledThat() throws SQLException {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 1");
            SQLException full =
                    assertThrows(
                            SQLException.class,
                            () ->
                                    statement.execute(
                                            "INSERT INTO document VALUES"
                                                    + " ('x', randomblob(1000000))"));
            assertEquals(ProblemCode.STORAGE_FAILED, SqlProblems.of("x", full).code());
        }
    }

    @Test
    void aClosedLedgerSaysSo() {
        Ledger ledger = open();
        ledger.close();
        assertEquals(ProblemCode.UNAVAILABLE, assertThrows(Problem.class, ledger::revision).code());
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        PostgresSettings settings =
                new PostgresSettings(
                        "jdbc:postgresql://127.0.0.1:1/none", "nobody", () -> "secret-word", "s");
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                JdbcLedger.onPostgres(
                                                settings, LedgerSamples::read, Clock.systemUTC())
                                        .close());
        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        assertTrue(!problem.message().contains("secret-word"), problem.message());
    }

    /// Applies and runs without end, saying what was acknowledged, until it is killed.
    static final class Writes {
        public static void main(String[] arguments) {
            Ledger ledger =
                    JdbcLedger.onSqlite(
                            Path.of(arguments[0]), LedgerSamples::read, Clock.systemUTC());
            for (long next = ledger.revision() + 1; ; next++) {
                ledger.apply(
                        next - 1,
                        List.of(
                                new Change.PutDomain(domain("sales")),
                                new Change.PutProduct(product(ORDERS, "1.0." + next))));
                ChildJvm.say("revision " + next + ".");
                Run run = prepared("r" + next, ORDERS, (int) next);
                ledger.begin(run);
                ledger.update(committed(run, next, next));
            }
        }
    }
}
