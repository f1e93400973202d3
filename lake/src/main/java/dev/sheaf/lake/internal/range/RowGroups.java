package dev.sheaf.lake.internal.range;

import dev.sheaf.lake.internal.parquet.ParquetFooter;
import dev.sheaf.lake.internal.parquet.ParquetFooter.Chunk;
import dev.sheaf.lake.internal.parquet.ParquetFooter.Group;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which row groups can hold rows that match a filter, by the statistics in the footer. Each is
/// judged as if it were a file of its own, by Iceberg's evaluator.
final class RowGroups {
    private final Schema schema;
    private final InclusiveMetricsEvaluator evaluator;

    RowGroups(Schema schema, Expression filter) {
        this.schema = schema;
        this.evaluator = new InclusiveMetricsEvaluator(schema, filter);
    }

    boolean mayMatch(Group group) {
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (Chunk chunk : group.chunks()) {
            Optional<NestedField> field = chunk.rootId().map(schema::findField);
            if (!chunk.topLevel() || field.isEmpty() || chunk.statistics().isEmpty()) {
                continue;
            }
            int id = field.get().fieldId();
            Type type = field.get().type();
            ParquetFooter.Range range = chunk.statistics().get();
            values.put(id, chunk.values());
            nulls.put(id, range.nulls());
            if (type.isPrimitiveType()) {
                range.least().ifPresent(b -> lower.put(id, bound(type, b, chunk, true)));
                range.greatest().ifPresent(b -> upper.put(id, bound(type, b, chunk, false)));
            }
        }
        DataFile asFile =
                DataFiles.builder(PartitionSpec.unpartitioned())
                        .withPath("row group")
                        .withFormat(FileFormat.PARQUET)
                        .withFileSizeInBytes(1)
                        .withMetrics(
                                new Metrics(group.rows(), null, values, nulls, null, lower, upper))
                        .build();
        return evaluator.eval(asFile);
    }

    /// Parquet's plain encoding as Iceberg's: the same but for decimals, and for zeros, whose sign
    /// Parquet's statistics do not tell.
    private static ByteBuffer bound(Type type, byte[] bytes, Chunk chunk, boolean lower) {
        ByteBuffer plain = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type.typeId()) {
            case DECIMAL -> {
                BigInteger unscaled =
                        chunk.bigEndian()
                                ? new BigInteger(bytes)
                                : BigInteger.valueOf(
                                        bytes.length == Integer.BYTES
                                                ? plain.getInt(0)
                                                : plain.getLong(0));
                yield Conversions.toByteBuffer(
                        type, new BigDecimal(unscaled, ((Types.DecimalType) type).scale()));
            }
            case FLOAT -> {
                float value = plain.getFloat(0);
                yield Conversions.toByteBuffer(type, value == 0 ? (lower ? -0.0f : 0.0f) : value);
            }
            case DOUBLE -> {
                double value = bytes.length == Float.BYTES ? plain.getFloat(0) : plain.getDouble(0);
                yield Conversions.toByteBuffer(type, value == 0 ? (lower ? -0.0 : 0.0) : value);
            }
            default -> plain;
        };
    }
}
