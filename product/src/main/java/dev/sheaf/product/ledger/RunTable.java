package dev.sheaf.product.ledger;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.Run;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows of runs and their inputs.
final class RunTable {
    private static final String COLUMNS =
            """
            SELECT r.id, r.domain, r.product, r.state, r.started_by, r.started_at, r.finished_at,
                   r.contract_version, r.release, r.snapshot_id, r.rows_in, r.rows_published,
                   r.rows_quarantined, r.score, r.report, r.quarantine,
                   i.name AS input_name, i.digest AS input_digest, i.bytes AS input_bytes
              FROM (SELECT * FROM run
            """;
    private static final String WITH_INPUTS =
            ") r LEFT JOIN run_input i ON i.run_id = r.id ORDER BY r.started_at %1$s, r.id %1$s,"
                    + " i.position";

    private RunTable() {}

    static Optional<Run> one(Connection connection, String runId) throws SQLException {
        return newestFirst(connection, "WHERE id = ?", runId).stream().findFirst();
    }

    static List<Run> newest(Connection connection, ProductName product, int limit)
            throws SQLException {
        return newestFirst(
                connection,
                "WHERE domain = ? AND product = ? ORDER BY started_at DESC, id DESC LIMIT ?",
                product.domain().value(),
                product.name(),
                limit);
    }

    static List<Run> released(Connection connection, ProductName product) throws SQLException {
        List<Run> runs =
                new ArrayList<>(
                        newestFirst(
                                connection,
                                "WHERE domain = ? AND product = ? AND release IS NOT NULL",
                                product.domain().value(),
                                product.name()));
        runs.sort((a, b) -> Long.compare(b.release().orElse(0), a.release().orElse(0)));
        return List.copyOf(runs);
    }

    static boolean isReleased(Connection connection, ProductName product) throws SQLException {
        return Statements.first(
                        connection,
                        "SELECT release FROM run WHERE domain = ? AND product = ?"
                                + " AND release IS NOT NULL LIMIT 1",
                        row -> row.getLong(1),
                        product.domain().value(),
                        product.name())
                .isPresent();
    }

    static List<Run> unfinished(Connection connection) throws SQLException {
        return select(connection, "WHERE state = 'PREPARED'", "ASC");
    }

    private static List<Run> newestFirst(
            Connection connection, String condition, @Nullable Object... parameters)
            throws SQLException {
        return select(connection, condition, "DESC", parameters);
    }

    private static List<Run> select(
            Connection connection, String condition, String order, @Nullable Object... parameters)
            throws SQLException {
        Map<String, Run> runs = new LinkedHashMap<>();
        Map<String, List<Run.Input>> inputs = new LinkedHashMap<>();
        Statements.all(
                connection,
                COLUMNS + condition + String.format(WITH_INPUTS, order),
                row -> {
                    String id = row.getString("id");
                    if (!runs.containsKey(id)) {
                        runs.put(id, run(row));
                    }
                    input(row).ifPresent(i -> inputsOf(inputs, id).add(i));
                    return id;
                },
                parameters);
        return runs.values().stream()
                .map(run -> run.withInputs(inputs.getOrDefault(run.id(), List.of())))
                .toList();
    }

    private static List<Run.Input> inputsOf(Map<String, List<Run.Input>> inputs, String id) {
        return inputs.computeIfAbsent(id, ignored -> new ArrayList<>());
    }

    static void insert(Connection connection, Run run) throws SQLException {
        Statements.update(
                connection,
                """
                INSERT INTO run (state, finished_at, contract_version, release, snapshot_id,
                  rows_in, rows_published, rows_quarantined, score, report, quarantine,
                  domain, product, started_by, started_at, id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                withIdentity(outcome(run), run));
        insertInputs(connection, run);
    }

    /// Whether a run of that id was still in state PREPARED and has been replaced.
    static boolean replacePrepared(Connection connection, Run run) throws SQLException {
        int updated =
                Statements.update(
                        connection,
                        """
                        UPDATE run SET state = ?, finished_at = ?, contract_version = ?,
                          release = ?, snapshot_id = ?, rows_in = ?, rows_published = ?,
                          rows_quarantined = ?, score = ?, report = ?, quarantine = ?
                        WHERE domain = ? AND product = ? AND started_by = ? AND started_at = ?
                          AND id = ? AND state = 'PREPARED'
                        """,
                        withIdentity(outcome(run), run));
        if (updated == 0) {
            return false;
        }
        Statements.update(connection, "DELETE FROM run_input WHERE run_id = ?", run.id());
        insertInputs(connection, run);
        return true;
    }

    private static void insertInputs(Connection connection, Run run) throws SQLException {
        int position = 0;
        for (Run.Input input : run.inputs()) {
            Statements.update(
                    connection,
                    "INSERT INTO run_input (run_id, position, name, digest, bytes)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    run.id(),
                    position++,
                    input.name(),
                    input.digest().hex(),
                    input.bytes());
        }
    }

    private static List<@Nullable Object> outcome(Run run) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(run.state().name());
        values.add(run.finishedAt().map(Statements::micros).orElse(null));
        values.add(run.contractVersion());
        values.add(boxed(run.release()));
        values.add(boxed(run.snapshotId()));
        values.add(run.rowsIn());
        values.add(run.rowsPublished());
        values.add(run.rowsQuarantined());
        values.add(run.score().orElse(null));
        values.add(run.report().orElse(null));
        values.add(run.quarantine().orElse(null));
        return values;
    }

    private static @Nullable Object[] withIdentity(List<@Nullable Object> values, Run run) {
        values.add(run.product().domain().value());
        values.add(run.product().name());
        values.add(run.startedBy());
        values.add(Statements.micros(run.startedAt()));
        values.add(run.id());
        return values.toArray();
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getString("id"),
                new ProductName(new DomainName(row.getString("domain")), row.getString("product")),
                Run.State.valueOf(row.getString("state")),
                row.getString("started_by"),
                Statements.instant(row.getLong("started_at")),
                number(row, "finished_at").map(Statements::instant),
                row.getString("contract_version"),
                List.of(),
                optional(number(row, "release")),
                optional(number(row, "snapshot_id")),
                row.getLong("rows_in"),
                row.getLong("rows_published"),
                row.getLong("rows_quarantined"),
                fraction(row, "score"),
                Optional.ofNullable(row.getString("report")),
                Optional.ofNullable(row.getString("quarantine")));
    }

    private static Optional<Run.Input> input(ResultSet row) throws SQLException {
        String digest = row.getString("input_digest");
        return digest == null
                ? Optional.empty()
                : Optional.of(
                        new Run.Input(
                                row.getString("input_name"),
                                new Sha256(digest),
                                row.getLong("input_bytes")));
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Double> fraction(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static OptionalLong optional(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
