package dev.sheaf.query.result;

import dev.sheaf.engine.ArrowResult;

import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// RFC 4180 in UTF-8 with a header and CRLF. Null is nothing between the commas, the empty text is
/// `""`, lists and structs are JSON.
final class CsvResult implements ResultWriter {
    @Override
    public long write(ArrowResult result, OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        List<String> names = ColumnNames.unique(result.schema());
        for (int i = 0; i < names.size(); i++) {
            text.write(i == 0 ? "" : ",");
            text.write(quoted(names.get(i)));
        }
        text.write("\r\n");
        long rows = 0;
        while (result.next()) {
            List<FieldVector> vectors = result.batch().getFieldVectors();
            int count = result.batch().getRowCount();
            for (int row = 0; row < count; row++) {
                for (int i = 0; i < vectors.size(); i++) {
                    text.write(i == 0 ? "" : ",");
                    text.write(shown(Cells.value(vectors.get(i), row)));
                }
                text.write("\r\n");
            }
            rows += count;
        }
        text.flush();
        return rows;
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> quoted(json(list));
            case Map<?, ?> map -> quoted(json(map));
            default -> quoted(value.toString());
        };
    }

    private static String json(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                JsonCells.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            JsonCells.write(json, value);
        }
        return text.toString();
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length() && plain; i++) {
            plain = ",\"\r\n".indexOf(text.charAt(i)) < 0;
        }
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
