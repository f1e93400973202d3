package dev.sheaf.query.result;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.vector.ipc.ArrowStreamWriter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;

/// An Arrow IPC stream.
final class ArrowStreamResult implements ResultWriter {
    @Override
    public long write(ArrowResult result, OutputStream out) throws IOException {
        long rows = 0;
        // Not closed, as that would close the output and the result's batch.
        ArrowStreamWriter writer =
                new ArrowStreamWriter(
                        result.batch(), result.dictionaries(), Channels.newChannel(out));
        writer.start();
        while (result.next()) {
            rows += result.batch().getRowCount();
            writer.writeBatch();
        }
        writer.end();
        out.flush();
        return rows;
    }
}
