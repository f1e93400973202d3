package dev.sheaf.lake.internal.table;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The column statistics that DuckDB's `COPY … RETURN_STATS` gives for a file, as Iceberg metrics:
/// sizes of all leaf columns, exact counts and bounds of those that are not inside lists or maps,
/// texts cut to 16 characters as Iceberg's default `truncate(16)` does.
final class CopyStatistics {
    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<Integer, Long> values = new HashMap<>();
    private final Map<Integer, Long> nulls = new HashMap<>();
    private final Map<Integer, Long> nans = new HashMap<>();
    private final Map<Integer, ByteBuffer> lower = new HashMap<>();
    private final Map<Integer, ByteBuffer> upper = new HashMap<>();
    private final Map<String, Map<String, String>> columns;

    private CopyStatistics(Map<String, Map<String, String>> columns) {
        this.columns = columns;
    }

    /// @param columns by path (`"a"."b"`, quoted parts), as DuckDB gives them
    /// @throws Problem INVALID_VALUE when a required column has nulls
    static Metrics metrics(Schema schema, long rows, Map<String, Map<String, String>> columns) {
        CopyStatistics statistics = new CopyStatistics(columns);
        statistics.add("", schema.columns(), false);
        return new Metrics(
                rows,
                statistics.sizes,
                statistics.values,
                statistics.nulls,
                statistics.nans,
                statistics.lower,
                statistics.upper);
    }

    private void add(String parent, List<NestedField> fields, boolean repeated) {
        for (NestedField field : fields) {
            String path = parent + DuckTypes.quoted(field.name());
            refuseNulls(field, path);
            if (field.type().isPrimitiveType()) {
                add(field, path, repeated);
            } else {
                add(
                        path + ".",
                        field.type().asNestedType().fields(),
                        repeated || !field.type().isStructType());
            }
        }
    }

    /// DuckDB counts a null struct's members as null too, so only top-level columns tell.
    private void refuseNulls(NestedField field, String path) {
        Map<String, String> given = columns.getOrDefault(path, Map.of());
        long count = Long.parseLong(given.getOrDefault("null_count", "0"));
        boolean topLevel = !path.substring(1, path.length() - 1).contains("\".\"");
        if (topLevel && field.isRequired() && count > 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "column '" + field.name() + "' is required, but " + count + " rows have null");
        }
    }

    private void add(NestedField field, String path, boolean repeated) {
        Map<String, String> given = columns.get(path);
        if (given == null) {
            throw new IllegalStateException("COPY gave no statistics for " + path);
        }
        int id = field.fieldId();
        number(given, "column_size_bytes").ifPresent(size -> sizes.put(id, size));
        if (repeated) {
            return;
        }
        number(given, "num_values").ifPresent(count -> values.put(id, count));
        number(given, "null_count").ifPresent(count -> nulls.put(id, count));
        number(given, "nan_count").ifPresent(count -> nans.put(id, count));
        Type.PrimitiveType type = field.type().asPrimitiveType();
        bound(given, "min")
                .flatMap(text -> Bounds.lower(type, text))
                .ifPresent(value -> lower.put(id, Conversions.toByteBuffer(type, value)));
        // to DuckDB, which reads these files, NaN is greater than every number; Iceberg leaves it
        // out
        bound(given, "max")
                .filter(_ -> nans.getOrDefault(id, 0L) == 0)
                .flatMap(text -> Bounds.upper(type, text))
                .ifPresent(value -> upper.put(id, Conversions.toByteBuffer(type, value)));
    }

    private static Optional<Long> number(Map<String, String> given, String key) {
        return Optional.ofNullable(given.get(key)).map(Long::parseLong);
    }

    private static Optional<String> bound(Map<String, String> given, String key) {
        boolean exact = "true".equals(given.getOrDefault(key + "_is_exact", "true"));
        return exact ? Optional.ofNullable(given.get(key)) : Optional.empty();
    }
}
