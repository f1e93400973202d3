package dev.sheaf.schemas.avro;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.schemas.Incompatibility;
import dev.sheaf.schemas.json.JsonText;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An Avro schema (1.12) with the named types that it uses of others. Immutable; for any thread.
public final class AvroSchema {
    private final Schema schema;
    private final String text;
    private final Map<String, Schema> types;

    private AvroSchema(Schema schema, String text, Map<String, Schema> types) {
        this.schema = schema;
        this.text = text;
        this.types = types;
    }

    /// Reads a schema; names and default values are checked.
    ///
    /// @param references schemas whose named types it may use
    /// @throws Problem INVALID_VALUE when it is none
    public static AvroSchema read(String text, List<AvroSchema> references) {
        String compact = JsonText.compact(text);
        Map<String, Schema> known = new LinkedHashMap<>();
        for (AvroSchema reference : references) {
            known.putAll(reference.types);
        }
        Schema.Parser parser = new Schema.Parser(NameValidator.STRICT_VALIDATOR);
        try {
            parser.addTypes(known.values());
            Schema schema = parser.parse(compact);
            // With types of others within it is kept as it came: written out it would define them.
            return new AvroSchema(
                    schema,
                    references.isEmpty() ? schema.toString() : compact,
                    Map.copyOf(parser.getTypes()));
        } catch (AvroRuntimeException | NullPointerException | ClassCastException e) {
            // The parser meets what is not as it expects with these.
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the schema is no Avro schema: "
                            + (e instanceof AvroRuntimeException && e.getMessage() != null
                                    ? e.getMessage()
                                    : "a part of it has not the form that Avro demands"),
                    e);
        }
    }

    /// In the shortest form, in the order that Avro writes.
    public String text() {
        return text;
    }

    /// Also with members sorted by name.
    public String normalizedText() {
        return JsonText.sorted(text);
    }

    /// All of it, with the types of others written out where they are used first.
    public String resolvedText() {
        return schema.toString();
    }

    /// Where a reader of this schema cannot read what a writer of another has written.
    public List<Incompatibility> readingOf(AvroSchema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(schema, writer.schema)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(each ->
                        new Incompatibility(each.getLocation(), each.getType().name(), told(each)))
                .toList();
    }

    private static String told(SchemaCompatibility.Incompatibility each) {
        return switch (each.getType()) {
            case NAME_MISMATCH -> "the names differ: " + each.getMessage();
            case FIXED_SIZE_MISMATCH -> "the sizes differ: " + each.getMessage();
            case MISSING_ENUM_SYMBOLS ->
                    "symbols may be written that the reader does not have, and it has no default: "
                            + each.getMessage();
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                    "the reader's field '"
                            + each.getMessage()
                            + "' has no default, and the writer does not write it";
            case TYPE_MISMATCH -> "the types differ: " + each.getMessage();
            case MISSING_UNION_BRANCH ->
                    "a type may be written that the reader's union lacks: " + each.getMessage();
        };
    }
}
