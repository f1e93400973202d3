package dev.sheaf.query.result;

import dev.sheaf.engine.ArrowResult;
import dev.sheaf.query.QueryPart;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// One document: `{"columns": [{"name", "type"}, …], "rows": [[…], …], "rowCount": n, "truncated":
/// false}`, with `regions` behind it when others have contributed. A row is a list in the order of
/// `columns`.
final class JsonResult implements ResultWriter {
    private final BooleanSupplier truncated;
    private final Supplier<List<QueryPart>> parts;
    private final boolean isCached;

    JsonResult(BooleanSupplier truncated, Supplier<List<QueryPart>> parts, boolean isCached) {
        this.isCached = isCached;
        this.truncated = truncated;
        this.parts = parts;
    }

    @Override
    public long write(ArrowResult result, OutputStream out) throws IOException {
        List<String> names = ColumnNames.unique(result.schema());
        try (JsonGenerator json = JsonCells.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            columns(json, names, result.schema());
            json.writeName("rows");
            json.writeStartArray();
            long rows = 0;
            while (result.next()) {
                rows += rows(json, result);
            }
            json.writeEndArray();
            json.writeName("rowCount");
            json.writeNumber(rows);
            json.writeName("truncated");
            json.writeBoolean(truncated.getAsBoolean());
            regions(json, parts.get());
            if (isCached) {
                json.writeBooleanProperty("cached", true);
            }
            json.writeEndObject();
            return rows;
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static void regions(JsonGenerator json, List<QueryPart> parts) {
        if (parts.isEmpty()) {
            return;
        }
        json.writeName("regions");
        json.writeStartArray();
        for (QueryPart part : parts) {
            json.writeStartObject();
            json.writeStringProperty("region", part.region().toString());
            json.writeName("products");
            json.writeStartArray();
            part.products().forEach(product -> json.writeString(product.toString()));
            json.writeEndArray();
            json.writeStringProperty("strategy", part.strategy());
            json.writeNumberProperty("rows", part.rows());
            json.writeNumberProperty("bytes", part.bytes());
            part.missing().ifPresent(why -> json.writeStringProperty("missing", why));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void columns(JsonGenerator json, List<String> names, Schema schema) {
        json.writeName("columns");
        json.writeStartArray();
        for (int i = 0; i < names.size(); i++) {
            json.writeStartObject();
            json.writeName("name");
            json.writeString(names.get(i));
            json.writeName("type");
            json.writeString(TypeNames.of(schema.getFields().get(i)));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static long rows(JsonGenerator json, ArrowResult result) {
        List<FieldVector> vectors = result.batch().getFieldVectors();
        int count = result.batch().getRowCount();
        for (int row = 0; row < count; row++) {
            json.writeStartArray();
            for (FieldVector vector : vectors) {
                JsonCells.write(json, Cells.value(vector, row));
            }
            json.writeEndArray();
        }
        return count;
    }

    static void row(JsonGenerator json, List<String> names, List<FieldVector> vectors, int row) {
        json.writeStartObject();
        for (int i = 0; i < vectors.size(); i++) {
            json.writeName(names.get(i));
            JsonCells.write(json, Cells.value(vectors.get(i), row));
        }
        json.writeEndObject();
    }
}
