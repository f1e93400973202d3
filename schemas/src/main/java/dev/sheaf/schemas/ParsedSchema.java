package dev.sheaf.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.schemas.avro.AvroSchema;
import dev.sheaf.schemas.json.JsonComparison;
import dev.sheaf.schemas.json.JsonSchema;
import dev.sheaf.schemas.protobuf.ProtobufSchema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A schema that was read and found valid, with all that it uses. Immutable; for any thread.
public sealed interface ParsedSchema {
    /// How deep schemas may use others.
    int REFERENCES_DEEP_MAX = 20;

    record Avro(AvroSchema schema) implements ParsedSchema {}

    record Json(JsonSchema schema) implements ParsedSchema {}

    record Protobuf(ProtobufSchema schema) implements ParsedSchema {}

    /// Reads a schema and those that it uses.
    ///
    /// @param others finds what is referred to; throws when it is not there
    /// @throws Problem INVALID_VALUE when one of them is not valid, or they use each other in a
    ///   circle
    static ParsedSchema read(SchemaSource source, Function<SchemaReference, SchemaSource> others) {
        return read("schema.proto", source, others, List.of());
    }

    private static ParsedSchema read(
            String name,
            SchemaSource source,
            Function<SchemaReference, SchemaSource> others,
            List<SchemaReference> path) {
        if (path.size() > REFERENCES_DEEP_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the schema's references lead over more than "
                            + REFERENCES_DEEP_MAX
                            + " others, or back to itself: "
                            + path.stream().map(SchemaReference::subject).distinct().toList());
        }
        Map<String, ParsedSchema> used = new LinkedHashMap<>();
        for (SchemaReference reference : source.references()) {
            List<SchemaReference> further = new ArrayList<>(path);
            further.add(reference);
            SchemaSource other = others.apply(reference);
            if (other.language() != source.language()) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "the schema is "
                                + source.language()
                                + " and refers to "
                                + reference.subject()
                                + " version "
                                + reference.version()
                                + ", which is "
                                + other.language());
            }
            if (used.put(reference.name(), read(reference.name(), other, others, further))
                    != null) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "the schema has two references with the name '" + reference.name() + "'");
            }
        }
        return switch (source.language()) {
            case AVRO -> new Avro(AvroSchema.read(source.text(), avro(used)));
            case JSON -> new Json(JsonSchema.read(source.text(), json(used)));
            case PROTOBUF -> new Protobuf(ProtobufSchema.read(name, source.text(), protobuf(used)));
        };
    }

    private static List<AvroSchema> avro(Map<String, ParsedSchema> used) {
        List<AvroSchema> schemas = new ArrayList<>();
        used.values()
                .forEach(each -> {
                    if (each instanceof Avro(AvroSchema schema)) {
                        schemas.add(schema);
                    }
                });
        return schemas;
    }

    private static Map<String, JsonSchema> json(Map<String, ParsedSchema> used) {
        Map<String, JsonSchema> schemas = new LinkedHashMap<>();
        used.forEach((name, each) -> {
            if (each instanceof Json(JsonSchema schema)) {
                schemas.put(name, schema);
            }
        });
        return schemas;
    }

    private static Map<String, ProtobufSchema> protobuf(Map<String, ParsedSchema> used) {
        Map<String, ProtobufSchema> schemas = new LinkedHashMap<>();
        used.forEach((name, each) -> {
            if (each instanceof Protobuf(ProtobufSchema schema)) {
                schemas.put(name, schema);
            }
        });
        return schemas;
    }

    /// In one form: the same schema has the same text, whatever spaces it was written with.
    default String text() {
        return switch (this) {
            case Avro(AvroSchema schema) -> schema.text();
            case Json(JsonSchema schema) -> schema.text();
            case Protobuf(ProtobufSchema schema) -> schema.text();
        };
    }

    /// Also whatever order the members of its objects had.
    default String normalizedText() {
        return switch (this) {
            case Avro(AvroSchema schema) -> schema.normalizedText();
            case Json(JsonSchema schema) -> schema.normalizedText();
            case Protobuf(ProtobufSchema schema) -> schema.text();
        };
    }

    default SchemaLanguage language() {
        return switch (this) {
            case Avro _ -> SchemaLanguage.AVRO;
            case Json _ -> SchemaLanguage.JSON;
            case Protobuf _ -> SchemaLanguage.PROTOBUF;
        };
    }

    /// Where a reader of this schema cannot read what a writer of another may write.
    default List<Incompatibility> readingOf(ParsedSchema writer) {
        return switch (this) {
            case Avro(AvroSchema own) when writer instanceof Avro(AvroSchema other) ->
                    own.readingOf(other);
            case Json(JsonSchema own) when writer instanceof Json(JsonSchema other) ->
                    JsonComparison.between(own, other);
            case Protobuf(ProtobufSchema own)
                    when writer instanceof Protobuf(ProtobufSchema other) ->
                    own.readingOf(other);
            case Avro _, Json _, Protobuf _ ->
                    List.of(
                            new Incompatibility(
                                    "#",
                                    "LANGUAGE_CHANGED",
                                    "the reader's schema is "
                                            + language()
                                            + ", the writer's "
                                            + writer.language()));
        };
    }
}
