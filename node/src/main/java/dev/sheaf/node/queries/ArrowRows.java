package dev.sheaf.node.queries;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/// The Arrow IPC stream format.
final class ArrowRows implements RowEncoder {
    private final WritableByteChannel out;
    private @Nullable ArrowStreamWriter writer;
    private @Nullable Schema schema;

    ArrowRows(OutputStream out) {
        this.out = Channels.newChannel(out);
    }

    @Override
    public void begin(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void rows(VectorSchemaRoot batch, int count) throws IOException {
        ArrowStreamWriter open = writer;
        if (open == null) {
            open = new ArrowStreamWriter(batch, null, out);
            open.start();
            writer = open;
        }
        if (count < batch.getRowCount()) {
            batch.setRowCount(count);
        }
        open.writeBatch();
    }

    @Override
    public void end(long rowCount, boolean truncated) throws IOException {
        if (writer != null) {
            writer.end();
            return;
        }
        try (org.apache.arrow.memory.BufferAllocator allocator =
                        new org.apache.arrow.memory.RootAllocator();
                VectorSchemaRoot empty =
                        VectorSchemaRoot.create(
                                java.util.Objects.requireNonNull(schema), allocator);
                ArrowStreamWriter nothing = new ArrowStreamWriter(empty, null, out)) {
            nothing.start();
            nothing.end();
        }
    }
}
