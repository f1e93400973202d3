package dev.sheaf.node.queries;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

import java.io.IOException;

/// Writes a result in one form. Used once, by one thread.
interface RowEncoder {
    void begin(Schema schema) throws IOException;

    /// Writes rows from the first of a batch.
    void rows(VectorSchemaRoot batch, int count) throws IOException;

    /// Called when everything was written.
    void end(long rowCount, boolean truncated) throws IOException;
}
