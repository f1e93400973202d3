package dev.sheaf.foreign.kafka;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Lines of real purchase orders (AdventureWorks, tabs without a header) as records of Avro, in
/// three versions of their schema.
final class Orders {
    private static final String FIELDS =
            """
            {"name": "order", "type": "int"},
            {"name": "line", "type": "int"},
            {"name": "due", "type": "string"},
            {"name": "quantity", "type": "int"},
            {"name": "price", "type": "double"}\
            """;

    /// As orders are at first.
    static final Schema FIRST = schema("");

    /// With what may be missing: readers of the first version read it, and the other way round.
    static final Schema WIDER =
            schema(", {\"name\": \"product\", \"type\": [\"null\", \"int\"], \"default\": null}");

    /// With what must be there: it could not read what was written before.
    static final Schema BREAKING = schema(", {\"name\": \"approver\", \"type\": \"string\"}");

    private Orders() {}

    private static Schema schema(String more) {
        return new Schema.Parser()
                .parse(
                        """
                        {"type": "record", "name": "OrderLine", "namespace": "purchasing",
                         "fields": [%s%s]}
                        """
                                .formatted(FIELDS, more));
    }

    /// The first lines of the file, each with the fields that the schema has.
    static List<GenericRecord> read(Path file, Schema schema, int count) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(count).map(line -> record(line.split("\t"), schema)).toList();
        }
    }

    private static GenericRecord record(String[] cells, Schema schema) {
        GenericRecord line = new GenericData.Record(schema);
        line.put("order", Integer.valueOf(cells[0]));
        line.put("line", Integer.valueOf(cells[1]));
        line.put("due", cells[2]);
        line.put("quantity", Integer.valueOf(cells[3]));
        line.put("price", Double.valueOf(cells[5]));
        if (schema.getField("product") != null) {
            line.put("product", Integer.valueOf(cells[4]));
        }
        if (schema.getField("approver") != null) {
            line.put("approver", "");
        }
        return line;
    }
}
