package dev.sheaf.product.ledger;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;

/// SQLite in one file with its write-ahead log beside it. A commit is on the disk before it returns
/// (`synchronous=FULL`); a transaction that writes takes the write lock when it begins, so that it
/// never has to give up half-way because another one wrote first.
final class SqliteDatabase implements LedgerSchema.Dialect {
    private static final int BUSY_MILLIS_MAX = 10_000;

    private SqliteDatabase() {}

    static ConnectionPool open(Path file) {
        String where = file.toString();
        createPrivate(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS_MAX);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        ConnectionPool pool = new ConnectionPool(where, source::getConnection);
        LedgerSchema.migrate(pool, new SqliteDatabase(), where);
        return pool;
    }

    private static void createPrivate(Path file) {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            return; // opened, not made
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "cannot create the ledger "
                            + file
                            + ": the folder must exist, be writable and have free space ("
                            + e
                            + ")",
                    e);
        }
    }

    @Override
    public String bytesType() {
        return "BLOB";
    }

    @Override
    public void lockForMigration(Connection connection) {
        // the transaction began IMMEDIATE: it holds the write lock
    }
}
