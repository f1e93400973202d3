package dev.sheaf.node.flightsql;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/// Answers of a few known columns, made from rows in memory.
final class MetadataRows {
    private static final int BATCH_ROWS = 1000;

    private final BufferAllocator memory;

    MetadataRows(BufferAllocator memory) {
        this.memory = memory;
    }

    /// Sends rows whose cells are text, bytes, whole numbers, truth values or null, as the schema
    /// has its columns.
    void send(
            Schema schema,
            Iterator<? extends List<? extends @Nullable Object>> rows,
            ServerStreamListener listener) {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory)) {
            listener.start(root);
            while (rows.hasNext()) {
                int count = 0;
                root.allocateNew();
                while (count < BATCH_ROWS && rows.hasNext()) {
                    set(root, count++, rows.next());
                }
                root.setRowCount(count);
                listener.putNext();
                root.clear();
            }
            listener.completed();
        }
    }

    private static void set(
            VectorSchemaRoot root, int row, List<? extends @Nullable Object> cells) {
        for (int column = 0; column < cells.size(); column++) {
            Object cell = cells.get(column);
            if (cell != null) {
                set(root.getVector(column), row, cell);
            }
        }
    }

    private static void set(FieldVector vector, int row, Object cell) {
        switch (vector) {
            case VarCharVector text ->
                    text.setSafe(row, cell.toString().getBytes(StandardCharsets.UTF_8));
            case VarBinaryVector bytes -> bytes.setSafe(row, (byte[]) cell);
            case IntVector numbers -> numbers.setSafe(row, (Integer) cell);
            case BitVector flags -> flags.setSafe(row, (Boolean) cell ? 1 : 0);
            case BaseIntVector numbers -> numbers.setWithPossibleTruncate(row, (Integer) cell);
            default -> throw new IllegalArgumentException(vector.getField().toString());
        }
    }
}
