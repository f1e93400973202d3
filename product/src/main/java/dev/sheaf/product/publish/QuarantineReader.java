package dev.sheaf.product.publish;

import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake;
import dev.sheaf.product.ingest.SqlText;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a run's quarantine back. The rows hold values of the product: who calls this must have
/// decided that the caller may see them.
public final class QuarantineReader {
    public static final int ROWS_MAX = 10_000;
    private static final ByteSize MEMORY = ByteSize.ofMebibytes(512);

    private final Engine engine;
    private final Lake lake;
    private final Path scratch;

    /// @param scratch an existing folder for copies of remote files
    public QuarantineReader(Engine engine, Lake lake, Path scratch) {
        this.engine = engine;
        this.lake = lake;
        this.scratch = scratch;
    }

    /// @param line from 1, empty for formats without lines
    /// @param row number of the record in its file, from 1
    /// @param record its text, or JSON for Parquet
    public record QuarantinedRow(
            String file, OptionalLong line, long row, String record, List<Violation> violations) {}

    /// @param column empty when it is about the whole row
    /// @param value empty when there is none to show
    public record Violation(String rule, Optional<String> column, Optional<String> value) {}

    /// The first rows in the order of files and lines.
    ///
    /// @param location [dev.sheaf.product.Run#quarantine()]
    /// @throws Problem INVALID_VALUE when `rowsMax` is not 1 to [#ROWS_MAX]
    public List<QuarantinedRow> read(String location, int rowsMax) {
        if (rowsMax < 1 || rowsMax > ROWS_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    rowsMax + " rows of quarantine: ask for 1 to " + ROWS_MAX);
        }
        String file = location + "rows.parquet";
        if (!lake.files().newInputFile(file).exists()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "the rejected rows of this run are not there any more; they are kept as long as"
                            + " the product's retention says");
        }
        Optional<Path> local = Lake.localFile(file);
        Path path = local.orElseGet(() -> fetched(file));
        try (EngineSession session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.QUERY,
                                MEMORY,
                                1,
                                scratch,
                                List.of(path),
                                List.of()))) {
            return session
                    .query(
                            "SELECT source_file, source_line, source_row, record, violations FROM"
                                    + " read_parquet("
                                    + SqlText.text(path.toString())
                                    + ") LIMIT "
                                    + rowsMax)
                    .rows()
                    .stream()
                    .map(QuarantineReader::row)
                    .toList();
        } finally {
            if (local.isEmpty()) {
                discard(path);
            }
        }
    }

    private Path fetched(String file) {
        try (InputStream in = lake.files().newInputFile(file).newStream()) {
            Path copy = Files.createTempFile(scratch, "quarantine-", ".parquet");
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw Failures.problem(e);
        }
    }

    private static void discard(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw Failures.problem(e);
        }
    }

    private static QuarantinedRow row(List<?> values) {
        Object line = values.get(1);
        List<Violation> violations =
                values.get(4) instanceof List<?> list
                        ? list.stream().map(QuarantineReader::violation).toList()
                        : List.of();
        return new QuarantinedRow(
                String.valueOf(values.get(0)),
                line instanceof Number number
                        ? OptionalLong.of(number.longValue())
                        : OptionalLong.empty(),
                values.get(2) instanceof Number number ? number.longValue() : 0,
                String.valueOf(values.get(3)),
                violations);
    }

    private static Violation violation(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Violation(
                    String.valueOf(map.get("rule")),
                    text(map.get("column")),
                    text(map.get("value")));
        }
        throw new IllegalStateException("not a violation");
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable Object value) {
        return Optional.ofNullable(value).map(String::valueOf);
    }
}
