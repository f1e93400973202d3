package dev.sheaf.lake.internal.table;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.Rows;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.SqlTypes;

import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Has DuckDB write a query's rows as Parquet files that Iceberg can take as they are: zstd, with
/// field ids, partitioned, about 256 MB each.
final class ParquetCopy {
    /// A file that COPY wrote.
    ///
    /// @param partition empty when the table is not partitioned
    record Copied(Path file, long bytes, Metrics metrics, PartitionData partition) {}

    private static final String FILE_BYTES = "'256MB'";

    /// Level 1 instead of 3 takes a quarter off the time of writing; files stay within a few
    /// percent.
    private static final int LEVEL = 1;

    private final Schema schema;
    private final PartitionColumns partitions;

    ParquetCopy(Schema schema, PartitionSpec spec) {
        this.schema = schema;
        this.partitions = new PartitionColumns(spec);
    }

    /// @param directory an existing directory that the session may write; files without rows are
    ///   left out of the answer
    List<Copied> run(EngineSession session, String select, Path directory) {
        refuseOtherTypes(session, select);
        try {
            return session.query(copy(select, directory)).rows().stream()
                    .filter(row -> number(row.get(1)) > 0)
                    .map(this::copied)
                    .toList();
        } catch (EngineProblem e) {
            if (e.kind() == EngineProblem.Kind.STORAGE) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "writing a table's files to the staging directory failed; free space or"
                                + " check that it can be written: "
                                + e.message(),
                        e);
            }
            throw e;
        }
    }

    private String copy(String select, Path directory) {
        String by =
                partitions.none()
                        ? ""
                        : ", PARTITION_BY (" + partitions.names() + "), OVERWRITE_OR_IGNORE";
        String query =
                partitions.none()
                        ? select
                        : "SELECT *" + partitions.select() + " FROM (" + select + ")";
        return "COPY ("
                + query
                + ") TO "
                + DuckTypes.literal(directory.resolve("out").toString())
                + " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL "
                + LEVEL
                + ", RETURN_STATS, FILENAME_PATTERN '{uuid}',"
                + " FIELD_IDS "
                + DuckTypes.fieldIds(schema.columns())
                + (partitions.none() ? ", FILE_SIZE_BYTES " + FILE_BYTES : "")
                + by
                + ")";
    }

    private Copied copied(List<@Nullable Object> row) {
        long rows = number(row.get(1));
        Map<String, Map<String, String>> columns = new HashMap<>();
        texts(row.get(4)).forEach((path, stats) -> columns.put(path, strings(stats)));
        return new Copied(
                Path.of(String.valueOf(row.get(0))),
                number(row.get(2)),
                CopyStatistics.metrics(schema, rows, columns),
                partitions.tuple(strings(row.get(5))));
    }

    /// COPY would write whatever comes, and Iceberg would misread it: HUGEINT as DOUBLE, for one.
    private void refuseOtherTypes(EngineSession session, String select) {
        String wanted =
                schema.columns().stream()
                        .map(field ->
                                "CAST(NULL AS "
                                        + SqlTypes.name(field.type())
                                        + ") AS "
                                        + DuckTypes.quoted(field.name()))
                        .collect(Collectors.joining(", ", "SELECT ", ""));
        List<String> expected = columns(session.query("DESCRIBE " + wanted));
        List<String> given = columns(session.query("DESCRIBE " + select));
        if (!expected.equals(given)) {
            List<String> missing = new ArrayList<>(expected);
            missing.removeAll(given);
            List<String> unexpected = new ArrayList<>(given);
            unexpected.removeAll(expected);
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the query does not yield the table's columns in their order and types: missing"
                            + " "
                            + missing
                            + ", unexpected "
                            + unexpected);
        }
    }

    private static List<String> columns(Rows described) {
        return described.rows().stream().map(row -> row.get(0) + " " + row.get(1)).toList();
    }

    private static long number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("COPY gave no number: " + value);
    }

    private static Map<String, Object> texts(@Nullable Object value) {
        Map<String, Object> texts = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (inner != null) {
                    texts.put(String.valueOf(key), inner);
                }
            });
        }
        return texts;
    }

    private static Map<String, String> strings(@Nullable Object value) {
        Map<String, String> strings = new HashMap<>();
        texts(value).forEach((key, inner) -> strings.put(key, String.valueOf(inner)));
        return strings;
    }
}
