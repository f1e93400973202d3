package dev.sheaf.node.schemas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.schemas.SchemaEntry.Version;
import dev.sheaf.schemas.ParsedSchema;
import dev.sheaf.schemas.SchemaLanguage;
import dev.sheaf.schemas.SchemaReference;
import dev.sheaf.schemas.SchemaSource;
import dev.sheaf.schemas.avro.AvroSchema;
import dev.sheaf.schemas.protobuf.ProtobufSchema;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Bodies of requests and answers of Confluent's interface. Members that are not known are passed
/// over, as clients of many versions send them.
final class SchemaBodies {
    static final int TEXT_CHARACTERS_MAX = 1 << 20;
    private static final int REFERENCES_MAX = 100;

    private SchemaBodies() {}

    static JsonNode object(String body) {
        JsonNode json;
        try {
            json = body.isBlank() ? JsonNodeFactory.instance.objectNode() : read(body);
        } catch (JacksonException e) {
            throw SchemaFaults.of(
                    ProblemCode.BAD_REQUEST, 400, "the body is no JSON: " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw SchemaFaults.of(ProblemCode.BAD_REQUEST, 400, "the body is no JSON object");
        }
        return json;
    }

    private static JsonNode read(String body) {
        return Wire.json().readTree(body);
    }

    /// The schema of a request.
    static SchemaSource source(JsonNode body) {
        if (!body.path("schema").isString() || body.path("schema").stringValue().isBlank()) {
            throw SchemaFaults.invalidSchema(
                    "Invalid schema: the body has no text 'schema'; write"
                            + " {\"schema\": \"…\", \"schemaType\": \"AVRO\"}");
        }
        String text = body.path("schema").stringValue();
        if (text.length() > TEXT_CHARACTERS_MAX) {
            throw SchemaFaults.of(
                    ProblemCode.TOO_LARGE,
                    413,
                    "a schema has at most "
                            + TEXT_CHARACTERS_MAX
                            + " characters, this one "
                            + text.length());
        }
        String type = body.path("schemaType").asString("AVRO");
        SchemaLanguage language =
                SchemaLanguage.named(type)
                        .orElseThrow(() ->
                                SchemaFaults.invalidSchema(
                                        "Invalid schema: the schemaType '"
                                                + type
                                                + "' is none of AVRO, JSON, PROTOBUF"));
        if (body.path("references").size() > REFERENCES_MAX) {
            throw SchemaFaults.invalidSchema(
                    "Invalid schema: at most " + REFERENCES_MAX + " references");
        }
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode each : body.path("references")) {
            if (!each.path("name").isString()
                    || !each.path("subject").isString()
                    || !each.path("version").isInt()) {
                throw SchemaFaults.invalidSchema(
                        "Invalid schema: a reference has a name, a subject and a version");
            }
            references.add(
                    new SchemaReference(
                            each.path("name").stringValue(),
                            each.path("subject").stringValue(),
                            each.path("version").intValue()));
        }
        return new SchemaSource(language, text, references);
    }

    /// A version with all that it has.
    static Map<String, Object> version(Version version, Optional<String> text) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("subject", version.subject());
        json.put("version", version.number());
        json.put("id", version.id());
        schema(json, version, text);
        if (!version.isActive()) {
            json.put("deleted", true);
        }
        return json;
    }

    /// A schema by itself.
    static Map<String, Object> schema(Version version, Optional<String> text) {
        Map<String, Object> json = new LinkedHashMap<>();
        schema(json, version, text);
        return json;
    }

    private static void schema(Map<String, Object> json, Version version, Optional<String> text) {
        if (version.source().language() != SchemaLanguage.AVRO) {
            json.put("schemaType", version.source().language().name());
        }
        if (!version.source().references().isEmpty()) {
            json.put(
                    "references",
                    version.source().references().stream()
                            .map(each ->
                                    Map.of(
                                            "name", each.name(),
                                            "subject", each.subject(),
                                            "version", each.version()))
                            .toList());
        }
        json.put("schema", text.orElse(version.source().text()));
    }

    /// The text in the form that the parameter `format` asks for.
    static Optional<String> formatted(Optional<String> format, ParsedSchema schema) {
        return format.flatMap(name ->
                switch (schema) {
                    case ParsedSchema.Avro(AvroSchema avro) ->
                            name.equals("resolved")
                                    ? Optional.of(avro.resolvedText())
                                    : Optional.empty();
                    case ParsedSchema.Json _ -> Optional.empty();
                    case ParsedSchema.Protobuf(ProtobufSchema protobuf) ->
                            name.equals("serialized")
                                    ? Optional.of(protobuf.serialized())
                                    : Optional.empty();
                });
    }
}
