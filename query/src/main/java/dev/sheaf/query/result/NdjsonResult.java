package dev.sheaf.query.result;

import dev.sheaf.engine.ArrowResult;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One JSON object a line, named and written as in [JsonResult].
final class NdjsonResult implements ResultWriter {
    @Override
    public long write(ArrowResult result, OutputStream out) throws IOException {
        List<String> names = ColumnNames.unique(result.schema());
        long rows = 0;
        try (JsonGenerator json = JsonCells.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            while (result.next()) {
                int count = result.batch().getRowCount();
                for (int row = 0; row < count; row++) {
                    JsonResult.row(json, names, result.batch().getFieldVectors(), row);
                    json.writeRaw('\n');
                }
                rows += count;
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        return rows;
    }
}
