package dev.sheaf.node.queries;

import dev.sheaf.client.Wire;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// RFC 4180 with a header line: null is an empty field, an empty text `""`, lists and structs are
/// JSON.
final class CsvRows implements RowEncoder {
    private final Writer out;

    CsvRows(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    @Override
    public void begin(Schema schema) throws IOException {
        boolean first = true;
        for (Field field : schema.getFields()) {
            separate(first);
            text(field.getName());
            first = false;
        }
        out.write("\r\n");
    }

    @Override
    public void rows(VectorSchemaRoot batch, int count) throws IOException {
        List<FieldVector> columns = batch.getFieldVectors();
        for (int row = 0; row < count; row++) {
            boolean first = true;
            for (FieldVector column : columns) {
                separate(first);
                field(ArrowValues.value(column, row));
                first = false;
            }
            out.write("\r\n");
        }
    }

    @Override
    public void end(long rowCount, boolean truncated) throws IOException {
        out.flush();
    }

    private void separate(boolean first) throws IOException {
        if (!first) {
            out.write(',');
        }
    }

    private void field(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> {}
            case String string -> text(string);
            case BigDecimal decimal -> out.write(decimal.toPlainString());
            case List<?> list -> text(Wire.json().writeValueAsString(list));
            case Map<?, ?> map -> text(Wire.json().writeValueAsString(map));
            default -> out.write(value.toString());
        }
    }

    private void text(String text) throws IOException {
        boolean plain =
                !text.isEmpty()
                        && text.chars()
                                .noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        out.write(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }
}
