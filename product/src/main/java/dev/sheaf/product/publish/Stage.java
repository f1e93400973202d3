package dev.sheaf.product.publish;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ingest.InputFile;
import dev.sheaf.product.ingest.PreparedFile;
import dev.sheaf.product.ingest.SourceReader;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.quality.Distinct;
import dev.sheaf.product.quality.KeyCheck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows of one publish in the engine: good ones in table [#TABLE], row numbers and faults of
/// the others in [#BAD]. Row numbers run through all files in order.
final class Stage {
    static final String TABLE = "sheaf_stage";
    static final String BAD = "sheaf_bad";
    private static final int RETRY_NUMBERS_FROM = 1_000_000;

    private final EngineSession session;
    private final SourceReader reader;
    private final StageSql sql;
    private final QuarantineFile quarantine;
    private final List<Loaded> files = new ArrayList<>();
    private long rows;

    Stage(EngineSession session, SourceReader reader, StageSql sql, QuarantineFile quarantine) {
        this.session = session;
        this.reader = reader;
        this.sql = sql;
        this.quarantine = quarantine;
    }

    /// @param firstRow its first row's number
    /// @param rows that DuckDB read
    /// @param rejected records that DuckDB could not read
    record Loaded(PreparedFile file, long firstRow, long rows, long rejected) {}

    List<Loaded> files() {
        return List.copyOf(files);
    }

    /// Reads a file; every record of it is afterwards in the table, in its rejects or in
    /// quarantine.
    ///
    /// @throws Problem UNREADABLE_INPUT when the file as a whole cannot be read
    void load(InputFile input, int number) throws IOException {
        PreparedFile file =
                reader.prepare(
                        input,
                        number,
                        session,
                        true,
                        malformed -> quarantine.add(input.name(), malformed));
        Optional<Loaded> loaded = attempt(file);
        if (loaded.isEmpty() && file.malformed() == 0) {
            undo();
            PreparedFile again =
                    reader.prepare(
                            input,
                            number + RETRY_NUMBERS_FROM,
                            session,
                            false,
                            malformed -> quarantine.add(input.name(), malformed));
            loaded = attempt(again);
        }
        files.add(
                loaded.orElseThrow(() ->
                        new Problem(
                                ProblemCode.UNREADABLE_INPUT,
                                "'"
                                        + input.name()
                                        + "' cannot be read so that every record is"
                                        + " accounted for; nothing of it was published",
                                Map.of("file", input.name()),
                                null)));
        rows += loaded.get().rows();
    }

    /// Empty when DuckDB gave up or did not find the records that are there.
    private Optional<Loaded> attempt(PreparedFile file) {
        String target = sql.windowed() ? StageSql.INPUT_TABLE : TABLE;
        String select = sql.windowed() ? sql.input(file) : sql.select(file);
        boolean first = files.isEmpty();
        try {
            session.execute(
                    first
                            ? "CREATE OR REPLACE TEMP TABLE " + target + " AS " + select
                            : "INSERT INTO " + target + " BY NAME " + select);
        } catch (EngineProblem e) {
            return switch (e.kind()) {
                case INVALID_SQL -> throw misfit(file, e);
                // what DuckDB calls an encoding that it does not know
                case INTERNAL -> throw parquet(file) ? corrupt(file) : e;
                case DATA, FILE -> {
                    if (parquet(file)) {
                        throw corrupt(file);
                    }
                    yield Optional.empty();
                }
                case OUT_OF_MEMORY, STORAGE, CANCELLED, TIMED_OUT, WORKER_DIED -> throw e;
            };
        }
        long read = session.query("SELECT count(*) FROM " + target).onlyLong() - rows;
        long rejected = rejected(file);
        return read + rejected == file.records()
                ? Optional.of(new Loaded(file, rows, read, rejected))
                : Optional.empty();
    }

    private long rejected(PreparedFile file) {
        if (file.place() instanceof PreparedFile.Place.Lines lines
                && !lines.rejectsTable().isEmpty()
                && read(file)) {
            return session.query(
                            "SELECT count(DISTINCT line_byte_position) FROM "
                                    + lines.rejectsTable())
                    .onlyLong();
        }
        return 0;
    }

    private static boolean read(PreparedFile file) {
        return file.input().bytes() > 0;
    }

    private static boolean parquet(PreparedFile file) {
        return file.place() instanceof PreparedFile.Place.Parquet;
    }

    private static Problem corrupt(PreparedFile file) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'"
                        + file.input().name()
                        + "' is corrupt or has an encoding that is not known: its Parquet pages"
                        + " cannot be read; nothing of it was published",
                Map.of("file", file.input().name()),
                null);
    }

    private Problem misfit(PreparedFile file, EngineProblem e) {
        String text = e.message();
        int end = text.indexOf('\n');
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'"
                        + file.input().name()
                        + "' does not fit the product's transform or the files before it: "
                        + (end < 0 ? text : text.substring(0, end))
                        + "; nothing of it was published",
                Map.of("file", file.input().name()),
                null);
    }

    /// Takes back what an attempt has added. Row numbers must have no holes, so the table is made
    /// anew.
    private void undo() {
        if (files.isEmpty()) {
            return;
        }
        String target = sql.windowed() ? StageSql.INPUT_TABLE : TABLE;
        session.execute(
                "CREATE TEMP TABLE sheaf_kept AS SELECT * FROM "
                        + target
                        + " WHERE rowid < "
                        + rows
                        + " ORDER BY rowid");
        session.execute("DROP TABLE " + target);
        session.execute("ALTER TABLE sheaf_kept RENAME TO " + target);
    }

    /// Parts bad rows from good ones once all files are loaded; how many are bad.
    long separate() {
        if (sql.windowed()) {
            try {
                session.execute(
                        "CREATE OR REPLACE TEMP TABLE " + TABLE + " AS " + sql.selectFromInput());
            } catch (EngineProblem e) {
                if (e.kind() == EngineProblem.Kind.INVALID_SQL) {
                    throw misfit(files.getFirst().file(), e);
                }
                throw e;
            }
            session.execute("DROP TABLE " + StageSql.INPUT_TABLE);
        }
        session.execute(
                "CREATE TEMP TABLE "
                        + BAD
                        + " AS SELECT rowid AS r, "
                        + StageSql.VIOLATIONS
                        + " AS v FROM "
                        + TABLE
                        + " WHERE "
                        + StageSql.VIOLATIONS
                        + " IS NOT NULL");
        long bad = badRows();
        if (bad > 0) {
            session.execute(
                    "DELETE FROM " + TABLE + " WHERE " + StageSql.VIOLATIONS + " IS NOT NULL");
        }
        return bad;
    }

    private long badRows() {
        return session.query("SELECT count(*) FROM " + BAD).onlyLong();
    }

    /// Takes out rows whose key occurs before in the batch, or in `existing` (a view, empty for
    /// none).
    void enforce(KeyCheck key, Optional<String> existing) {
        long before = badRows();
        if (Distinct.duplicates(session, TABLE, key) > 0) {
            session.execute(
                    "INSERT INTO "
                            + BAD
                            + " SELECT rid, ["
                            + violation(key, "d")
                            + "] FROM (SELECT *, rowid AS rid, row_number() OVER (PARTITION BY "
                            + key.list()
                            + " ORDER BY rowid) AS sheaf_occurrence FROM "
                            + TABLE
                            + " WHERE "
                            + key.complete()
                            + ") d WHERE d.sheaf_occurrence > 1");
        }
        long inBatch = badRows();
        if (inBatch > before) {
            remove();
        }
        if (existing.isPresent()) {
            session.execute(
                    "INSERT INTO "
                            + BAD
                            + " SELECT s.rowid, ["
                            + violation(key, "s")
                            + "] FROM "
                            + TABLE
                            + " s WHERE EXISTS (SELECT 1 FROM "
                            + existing.get()
                            + " e WHERE "
                            + key.equality("e", "s")
                            + ")");
            if (badRows() > inBatch) {
                remove();
            }
        }
    }

    private static String violation(KeyCheck key, String alias) {
        String column =
                key.columns().size() == 1
                        ? SqlText.text(key.columns().getFirst())
                        : SqlText.text(String.join(", ", key.columns()));
        return "{'rule': "
                + SqlText.text(key.rule())
                + ", 'column': "
                + column
                + ", 'value': "
                + key.value(alias)
                + "}";
    }

    private void remove() {
        session.execute("DELETE FROM " + TABLE + " WHERE rowid IN (SELECT r FROM " + BAD + ")");
    }

    long goodRows() {
        return session.query("SELECT count(*) FROM " + TABLE).onlyLong();
    }
}
