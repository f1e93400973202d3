package dev.sheaf.node.federation;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.Types;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Batches of a thousand ascending numbers.
final class NumberRows implements ArrowResult {
    static final int BATCH_ROWS = 1000;

    final AtomicInteger made = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    private final int batches;
    private final IntConsumer before;
    private final BufferAllocator memory = new RootAllocator();
    private final VectorSchemaRoot root =
            VectorSchemaRoot.create(
                    new Schema(List.of(Field.nullable("n", Types.MinorType.BIGINT.getType()))),
                    memory);

    /// @param before is told the number of each batch, and of the end, before it is there
    NumberRows(int batches, IntConsumer before) {
        this.batches = batches;
        this.before = before;
    }

    @Override
    public Schema schema() {
        return root.getSchema();
    }

    @Override
    public boolean next() {
        int number = made.get();
        before.accept(number);
        if (number == batches) {
            return false;
        }
        BigIntVector numbers = (BigIntVector) root.getVector(0);
        numbers.allocateNew(BATCH_ROWS);
        for (int i = 0; i < BATCH_ROWS; i++) {
            numbers.set(i, (long) number * BATCH_ROWS + i);
        }
        root.setRowCount(BATCH_ROWS);
        made.incrementAndGet();
        return true;
    }

    @Override
    public VectorSchemaRoot batch() {
        return root;
    }

    /// Fails when a batch is still held by somebody.
    @Override
    public void close() {
        if (closed.getCount() > 0) {
            root.close();
            memory.close();
            closed.countDown();
        }
    }
}
