package dev.sheaf.schemas.product;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.convert.AvroText;
import dev.sheaf.contract.convert.JsonSchemaText;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaLanguage;
import dev.sheaf.schemas.SchemaSource;
import dev.sheaf.schemas.avro.AvroSchema;
import dev.sheaf.schemas.json.JsonSchema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A product's contract as a schema of messages, and back.
public final class ContractSchemas {
    private ContractSchemas() {}

    /// The schema that a contract's table stands for, in its one form.
    ///
    /// @param language AVRO or JSON
    /// @throws Problem INVALID_CONTRACT when two columns have one name in the language
    public static SchemaSource of(
            TableContract table, ProductName product, SchemaLanguage language) {
        String text =
                switch (language) {
                    case AVRO -> AvroText.write(table);
                    case JSON -> JsonSchemaText.write(table);
                    case PROTOBUF ->
                            throw new Problem(
                                    ProblemCode.INVALID_VALUE,
                                    "contracts have no numbers of fields, so that none becomes"
                                            + " Protobuf; write AVRO or JSON");
                };
        try {
            ParsedSchema schema =
                    ParsedSchema.read(
                            new SchemaSource(language, text, List.of()),
                            reference -> {
                                throw new IllegalStateException("asked for " + reference);
                            });
            return new SchemaSource(language, schema.text(), List.of());
        } catch (Problem invalid) {
            throw new Problem(
                    ProblemCode.INVALID_CONTRACT,
                    "the contract of "
                            + product
                            + " has no "
                            + language
                            + " schema: "
                            + invalid.message()
                            + "; rename the column, or set sheaf.schemaType to JSON",
                    invalid);
        }
    }

    /// What a schema says otherwise than a contract's table, as sentences; empty when it fits. A
    /// schema in Protobuf fits nowhere, as it has no columns that must be there.
    public static List<String> differences(TableContract table, ParsedSchema schema) {
        TableContract written;
        try {
            written =
                    switch (schema) {
                        case ParsedSchema.Avro(AvroSchema avro) -> AvroText.read(avro.text());
                        case ParsedSchema.Json(JsonSchema json) -> JsonSchemaText.read(json.text());
                        case ParsedSchema.Protobuf _ ->
                                throw new Problem(
                                        ProblemCode.INVALID_VALUE,
                                        "is Protobuf, and the contract's schema is AVRO or JSON");
                    };
        } catch (Problem unreadable) {
            return List.of("it " + unreadable.message());
        }
        List<String> differences = new ArrayList<>();
        Map<String, Field> wanted = fields(table);
        Map<String, Field> there = fields(written);
        wanted.forEach((name, field) -> {
            Field other = there.get(name);
            if (other == null) {
                differences.add("the column '" + name + "' is missing");
            } else if (!other.type().equals(field.type())) {
                differences.add(
                        "the column '"
                                + name
                                + "' is "
                                + text(field.type())
                                + " in the contract and "
                                + text(other.type())
                                + " in the schema");
            } else if (other.isRequired() != field.isRequired()) {
                differences.add(
                        "the column '"
                                + name
                                + "' is "
                                + (field.isRequired() ? "required" : "optional")
                                + " in the contract, not in the schema");
            }
        });
        there.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> differences.add("the contract has no column '" + name + "'"));
        return differences;
    }

    private record Field(ColumnType type, boolean isRequired) {}

    private static Map<String, Field> fields(TableContract table) {
        Map<String, Field> fields = new LinkedHashMap<>();
        table.columns()
                .forEach(column ->
                        fields.put(
                                column.name(),
                                new Field(
                                        column.type(), column.required() || column.primaryKey())));
        return fields;
    }

    private static String text(ColumnType type) {
        return Optional.of(type.toString())
                .map(text -> text.length() > 200 ? text.substring(0, 200) + "…" : text)
                .orElseThrow();
    }
}
