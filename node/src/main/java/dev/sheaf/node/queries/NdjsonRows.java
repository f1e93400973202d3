package dev.sheaf.node.queries;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

import tools.jackson.core.JsonGenerator;

import java.io.OutputStream;
import java.util.List;

/// One JSON object and a line feed for each row.
final class NdjsonRows implements RowEncoder {
    private final JsonGenerator json;

    NdjsonRows(OutputStream out) {
        this.json = JsonRows.generator(out);
    }

    @Override
    public void begin(Schema schema) {}

    @Override
    public void rows(VectorSchemaRoot batch, int count) {
        List<FieldVector> columns = batch.getFieldVectors();
        for (int row = 0; row < count; row++) {
            json.writeStartObject();
            for (FieldVector column : columns) {
                json.writeName(column.getName());
                json.writePOJO(ArrowValues.value(column, row));
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    @Override
    public void end(long rowCount, boolean truncated) {
        json.flush();
    }
}
