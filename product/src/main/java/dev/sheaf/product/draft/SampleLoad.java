package dev.sheaf.product.draft;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.Rows;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.List;

/// Reads the first rows of a sample into a temporary table, trying plainer readings until one
/// works.
final class SampleLoad {
    static final String TABLE = "sheaf_sample";

    private final EngineSession session;
    private final SampleFile file;
    private final long rowsMax;

    /// @param header whether the file names its columns
    /// @param whole whether the file has no more rows
    record Loaded(boolean header, long rows, boolean whole) {}

    SampleLoad(EngineSession session, SampleFile file, long rowsMax) {
        this.session = session;
        this.file = file;
        this.rowsMax = rowsMax;
    }

    /// @throws Problem UNREADABLE_INPUT with the first reading's complaint when none works
    Loaded load() {
        List<String> complaints = new ArrayList<>();
        for (String reading : readings()) {
            try {
                session.execute(
                        "CREATE OR REPLACE TEMP TABLE "
                                + TABLE
                                + " AS SELECT * FROM "
                                + reading
                                + " LIMIT "
                                + (rowsMax + 1));
                return loaded();
            } catch (EngineProblem problem) {
                if (!canReadOtherwise(problem)) {
                    throw problem;
                }
                complaints.add(problem.message());
            }
        }
        throw new Problem(
                ProblemCode.UNREADABLE_INPUT,
                file.name()
                        + " cannot be read as "
                        + file.format().name().toLowerCase(java.util.Locale.ROOT)
                        + ": "
                        + complaints.getFirst().lines().findFirst().orElse(""));
    }

    private static boolean canReadOtherwise(EngineProblem problem) {
        return switch (problem.kind()) {
            case DATA, FILE, INVALID_SQL -> true;
            case OUT_OF_MEMORY, STORAGE, CANCELLED, TIMED_OUT, WORKER_DIED, INTERNAL -> false;
        };
    }

    private Loaded loaded() {
        long rows = session.query("SELECT count(*) FROM " + TABLE).onlyLong();
        boolean whole = rows <= rowsMax;
        if (!whole) {
            session.execute("DELETE FROM " + TABLE + " WHERE rowid >= " + rowsMax);
            rows = session.query("SELECT count(*) FROM " + TABLE).onlyLong();
        }
        return new Loaded(hasHeader(), rows, whole);
    }

    private boolean hasHeader() {
        if (file.format() != SampleFile.Format.CSV) {
            return true;
        }
        Rows columns = session.query("DESCRIBE " + TABLE);
        return !columns.rows().stream()
                .allMatch(row -> String.valueOf(row.getFirst()).matches("column\\d+"));
    }

    private List<String> readings() {
        String path = file.literal();
        return switch (file.format()) {
            case PARQUET -> List.of("read_parquet(" + path + ")");
            case JSON -> List.of("read_json(" + path + ", sample_size = 50000)");
            case NDJSON ->
                    List.of(
                            "read_json("
                                    + path
                                    + ", format = 'newline_delimited', sample_size = 50000)",
                            "read_json(" + path + ", sample_size = 50000)");
            case CSV ->
                    List.of(
                            csv(path, ", sample_size = 200000"),
                            csv(path, ", sample_size = -1"),
                            csv(path, ", all_varchar = true"),
                            csv(path, ", all_varchar = true, strict_mode = false"),
                            csv(path, ", sample_size = 200000, encoding = 'latin-1'"),
                            csv(
                                    path,
                                    ", all_varchar = true, null_padding = true"
                                            + ", strict_mode = false, encoding = 'latin-1'"));
        };
    }

    private static String csv(String path, String options) {
        return "read_csv(" + path + options + ")";
    }
}
