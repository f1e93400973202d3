package dev.sheaf.node.queries;

import dev.sheaf.client.Wire;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;

import java.io.OutputStream;
import java.util.List;

/// One JSON document: columns, rows as lists, count.
final class JsonRows implements RowEncoder {
    private final JsonGenerator json;

    JsonRows(OutputStream out) {
        this.json = generator(out);
    }

    static JsonGenerator generator(OutputStream out) {
        return Wire.json()
                .writer()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .createGenerator(out);
    }

    @Override
    public void begin(Schema schema) {
        json.writeStartObject();
        json.writeArrayPropertyStart("columns");
        for (Field field : schema.getFields()) {
            json.writeStartObject();
            json.writeStringProperty("name", field.getName());
            json.writeStringProperty("type", ArrowTypes.name(field));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("rows");
    }

    @Override
    public void rows(VectorSchemaRoot batch, int count) {
        List<FieldVector> columns = batch.getFieldVectors();
        for (int row = 0; row < count; row++) {
            json.writeStartArray();
            for (FieldVector column : columns) {
                json.writePOJO(ArrowValues.value(column, row));
            }
            json.writeEndArray();
        }
    }

    @Override
    public void end(long rowCount, boolean truncated) {
        json.writeEndArray();
        json.writeNumberProperty("rowCount", rowCount);
        json.writeBooleanProperty("truncated", truncated);
        json.writeEndObject();
        json.flush();
    }
}
