package dev.sheaf.node.flightsql;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/// An answer of a few known columns, made from rows in memory.
final class MetadataRows implements ArrowResult {
    private static final int BATCH_ROWS = 1000;

    private final VectorSchemaRoot root;
    private final Iterator<? extends List<? extends @Nullable Object>> rows;

    /// @param rows whose cells are text, bytes, whole numbers, truth values or null, as the schema
    ///   has its columns
    MetadataRows(
            Schema schema,
            Iterator<? extends List<? extends @Nullable Object>> rows,
            BufferAllocator memory) {
        this.root = VectorSchemaRoot.create(schema, memory);
        this.rows = rows;
    }

    @Override
    public Schema schema() {
        return root.getSchema();
    }

    @Override
    public boolean next() {
        if (!rows.hasNext()) {
            return false;
        }
        root.allocateNew();
        int count = 0;
        while (count < BATCH_ROWS && rows.hasNext()) {
            set(count++, rows.next());
        }
        root.setRowCount(count);
        return true;
    }

    @Override
    public VectorSchemaRoot batch() {
        return root;
    }

    private void set(int row, List<? extends @Nullable Object> cells) {
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
            case BitVector flags -> flags.setSafe(row, (Boolean) cell ? 1 : 0);
            case IntVector numbers -> numbers.setSafe(row, (Integer) cell);
            case UInt1Vector small -> small.setSafe(row, (Integer) cell);
            default -> throw new IllegalArgumentException(vector.getField().toString());
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
