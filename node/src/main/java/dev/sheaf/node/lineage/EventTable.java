package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.RunState;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Events in an SQLite file, in the order of arrival, each text once. What a batch adds is on the
/// disk when it returns. One thread adds; any may read, each with a connection of its own. A
/// connection on which adding failed is not used again: a full disk ends SQLite's transaction, and
/// its driver would go on as if there were one.
final class EventTable implements AutoCloseable {
    private static final String COLUMNS =
            "number, digest, received, sender, time, namespace, name, run, state, body";

    /// As the statement says that forgets them.
    static final int FORGOTTEN_MAX = 1000;

    /// As text in the order of time, which `Instant`'s own is not below a second.
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    private final SQLiteDataSource source;
    private final Path file;

    /// Only the adding thread's.
    private @Nullable Connection writer;

    private EventTable(SQLiteDataSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    /// @throws Problem STORAGE_FAILED
    static EventTable open(Path file) {
        return open(file, new SQLiteConfig());
    }

    /// @param config is completed
    /// @throws Problem STORAGE_FAILED
    static EventTable open(Path file, SQLiteConfig config) {
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        EventTable table = new EventTable(source, file);
        try {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        """
                        CREATE TABLE IF NOT EXISTS events (
                          number INTEGER PRIMARY KEY AUTOINCREMENT,
                          digest BLOB NOT NULL UNIQUE,
                          received TEXT NOT NULL,
                          sender TEXT NOT NULL,
                          time TEXT NOT NULL,
                          namespace TEXT NOT NULL,
                          name TEXT NOT NULL,
                          run TEXT,
                          state TEXT,
                          body BLOB NOT NULL)
                        """);
                statement.execute(
                        "CREATE INDEX IF NOT EXISTS events_of_subject"
                                + " ON events (namespace, name, number)");
                statement.execute(
                        "CREATE INDEX IF NOT EXISTS events_of_run"
                                + " ON events (namespace, name, run, time, state)"
                                + " WHERE run IS NOT NULL");
                statement.execute(
                        "CREATE INDEX IF NOT EXISTS events_without_run"
                                + " ON events (number) WHERE run IS NULL");
                statement.execute("CREATE INDEX IF NOT EXISTS events_by_age ON events (received)");
                statement.execute(
                        "CREATE INDEX IF NOT EXISTS events_completed"
                                + " ON events (namespace, name, time) WHERE state = 'COMPLETE'");
            }
            table.writer();
            return table;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private Connection writer() throws SQLException {
        Connection open = writer;
        if (open == null) {
            open = source.getConnection();
            open.setAutoCommit(false);
            writer = open;
        }
        return open;
    }

    private void discard(SQLException cause) {
        try {
            close();
        } catch (Problem e) {
            cause.addSuppressed(e);
        }
    }

    /// Whether something can be written, found out by writing.
    ///
    /// @throws Problem STORAGE_FAILED
    void probe() {
        try (Statement statement = writer().createStatement()) {
            statement.execute("PRAGMA user_version = 0");
            writer().commit();
        } catch (SQLException e) {
            discard(e);
            throw failed(file, e);
        }
    }

    /// Adds them in one transaction.
    ///
    /// @return for each whether it was not there yet
    /// @throws Problem STORAGE_FAILED; nothing is added then
    List<Boolean> add(List<KeptEvent> events) {
        List<Boolean> isNew = new ArrayList<>();
        try (PreparedStatement insert =
                writer().prepareStatement(
                                "INSERT OR IGNORE INTO events (digest, received, sender, time,"
                                    + " namespace, name, run, state, body) VALUES (?, ?, ?, ?, ?,"
                                    + " ?, ?, ?, ?)")) {
            for (KeptEvent event : events) {
                insert.setBytes(1, HexFormat.of().parseHex(event.digest().hex()));
                insert.setString(2, event.receivedAt().toString());
                insert.setString(3, event.by());
                insert.setString(4, SORTABLE.format(event.time()));
                insert.setString(5, event.subject().namespace());
                insert.setString(6, event.subject().name());
                insert.setString(7, event.run().orElse(null));
                insert.setString(8, event.state().map(RunState::name).orElse(null));
                insert.setBytes(9, event.text());
                isNew.add(insert.executeUpdate() == 1);
            }
            writer().commit();
            return isNew;
        } catch (SQLException e) {
            discard(e);
            throw failed(file, e);
        }
    }

    /// Forgets what came before an instant and is history: events of runs that are not among the
    /// last three that have completed of their job, and those of consumers. Of a job that has not
    /// completed since, of declared jobs and of datasets nothing is forgotten.
    ///
    /// At most [#FORGOTTEN_MAX] at once, so that what comes waits for a moment only.
    ///
    /// @param consumers their namespace
    /// @return how many were forgotten
    /// @throws Problem STORAGE_FAILED; nothing is forgotten then
    int forget(Instant before, String consumers) {
        try (PreparedStatement delete =
                writer().prepareStatement(
                                """
                                DELETE FROM events WHERE number IN (
                                  SELECT old.number FROM events old
                                  WHERE old.received < ? AND old.run IS NOT NULL AND (
                                    old.namespace = ?
                                    OR EXISTS (
                                      SELECT 1 FROM events later
                                      WHERE later.namespace = old.namespace AND later.name = old.name
                                        AND later.number > old.number AND later.state = 'COMPLETE')
                                    AND old.run NOT IN (
                                      SELECT kept.run FROM events kept
                                      WHERE kept.namespace = old.namespace AND kept.name = old.name
                                        AND kept.state = 'COMPLETE'
                                      ORDER BY kept.time DESC LIMIT 3))
                                  LIMIT 1000)
                                """)) {
            delete.setString(1, before.toString());
            delete.setString(2, consumers);
            int forgotten = delete.executeUpdate();
            writer().commit();
            return forgotten;
        } catch (SQLException e) {
            discard(e);
            throw failed(file, e);
        }
    }

    /// What still counts, in the order of arrival: of each job the events of its last runs and of
    /// the last that completed, and all that are of no run. Of the others only an index is looked
    /// through.
    ///
    /// @param runsMax of a job
    void counting(int runsMax, Consumer<KeptEvent> reader) {
        query(
                """
                WITH runs AS (
                  SELECT namespace, name, run, min(time) AS began,
                    max(state IS 'COMPLETE') AS completed
                  FROM events WHERE run IS NOT NULL GROUP BY namespace, name, run),
                placed AS (
                  SELECT namespace, name, run, completed,
                    row_number() OVER (
                      PARTITION BY namespace, name ORDER BY began DESC, run DESC) AS place,
                    row_number() OVER (
                      PARTITION BY namespace, name, completed
                      ORDER BY began DESC, run DESC) AS completed_place
                  FROM runs),
                counting AS (
                  SELECT namespace, name, run FROM placed
                  WHERE place <= ? OR (completed AND completed_place = 1))
                SELECT %s FROM events
                WHERE number IN (
                  SELECT number FROM events WHERE run IS NULL
                  UNION ALL
                  SELECT of.number FROM counting
                  JOIN events of ON of.namespace = counting.namespace
                    AND of.name = counting.name AND of.run = counting.run)
                ORDER BY number
                """
                        .formatted(COLUMNS),
                List.of(runsMax),
                reader);
    }

    /// The newest events of a job or dataset, or of all, newest first.
    ///
    /// @param before only events with lesser numbers
    List<KeptEvent> newest(Optional<EntityName> subject, long before, int limit) {
        List<KeptEvent> found = new ArrayList<>();
        String condition = subject.isPresent() ? " AND namespace = ? AND name = ?" : "";
        List<Object> values = new ArrayList<>(List.of(before));
        subject.ifPresent(name -> values.addAll(List.of(name.namespace(), name.name())));
        values.add(limit);
        query(
                "SELECT "
                        + COLUMNS
                        + " FROM events WHERE number < ?"
                        + condition
                        + " ORDER BY number DESC LIMIT ?",
                values,
                found::add);
        return found;
    }

    Optional<KeptEvent> find(long number) {
        List<KeptEvent> found = new ArrayList<>();
        query("SELECT " + COLUMNS + " FROM events WHERE number = ?", List.of(number), found::add);
        return found.stream().findFirst();
    }

    private void query(String sql, List<Object> values, Consumer<KeptEvent> reader) {
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.size(); index++) {
                select.setObject(index + 1, values.get(index));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.accept(event(rows));
                }
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private static KeptEvent event(ResultSet row) throws SQLException {
        return new KeptEvent(
                row.getLong("number"),
                new Sha256(HexFormat.of().formatHex(row.getBytes("digest"))),
                Instant.parse(row.getString("received")),
                row.getString("sender"),
                Instant.parse(row.getString("time")),
                new EntityName(row.getString("namespace"), row.getString("name")),
                Optional.ofNullable(row.getString("run")),
                Optional.ofNullable(row.getString("state")).map(RunState::valueOf),
                row.getBytes("body"));
    }

    private static Problem failed(Path file, SQLException e) {
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "lineage events cannot be kept in "
                        + file
                        + ": the disk must be writable and have free space ("
                        + e.getMessage()
                        + ")",
                e);
    }

    /// What was not committed is undone.
    @Override
    public void close() {
        try (Connection _ = writer) {
            writer = null;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }
}
