package dev.sheaf.node.schemas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.schemas.CompatibilityLevel;
import dev.sheaf.schemas.SchemaLanguage;
import dev.sheaf.schemas.SchemaReference;
import dev.sheaf.schemas.SchemaSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Entries as JSON. Members that are not known are passed over, so that later versions can say
/// more.
final class SchemaEntryJson {
    private SchemaEntryJson() {}

    static ObjectNode write(SchemaEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (entry) {
            case SchemaEntry.Version version -> version(json, version);
            case SchemaEntry.Subject subject -> {
                json.put("kind", "subject");
                json.put("subject", subject.subject());
                json.put("domain", subject.domain());
                subject.product().ifPresent(name -> json.put("product", name));
                json.put("since", subject.since().toString());
                settings(json, subject.level(), subject.mode());
            }
            case SchemaEntry.Region region -> {
                json.put("kind", "region");
                ArrayNode claims = json.putArray("claims");
                for (SchemaEntry.Claim claim : region.claims()) {
                    claims.addObject()
                            .put("block", claim.block())
                            .put("since", claim.since().toString());
                }
                settings(json, region.level(), region.mode());
            }
        }
        return json;
    }

    private static void version(ObjectNode json, SchemaEntry.Version version) {
        json.put("kind", "version");
        json.put("subject", version.subject());
        json.put("version", version.number());
        json.put("id", version.id());
        json.put("digest", version.digest());
        json.put("language", version.source().language().name());
        json.put("text", version.source().text());
        ArrayNode references = json.putArray("references");
        for (SchemaReference reference : version.source().references()) {
            references
                    .addObject()
                    .put("name", reference.name())
                    .put("subject", reference.subject())
                    .put("version", reference.version());
        }
        json.put("state", version.state().name());
        version.contractVersion().ifPresent(text -> json.put("contractVersion", text));
        json.put("since", version.since().toString());
    }

    private static void settings(
            ObjectNode json, Optional<CompatibilityLevel> level, Optional<SubjectMode> mode) {
        level.ifPresent(each -> json.put("level", each.name()));
        mode.ifPresent(each -> json.put("mode", each.name()));
    }

    /// @throws Problem INVALID_VALUE for what is no entry
    static SchemaEntry read(JsonNode json) {
        try {
            return switch (text(json, "kind")) {
                case "version" ->
                        new SchemaEntry.Version(
                                text(json, "subject"),
                                number(json, "version"),
                                number(json, "id"),
                                text(json, "digest"),
                                source(json),
                                SchemaEntry.State.valueOf(text(json, "state")),
                                optional(json, "contractVersion"),
                                Instant.parse(text(json, "since")));
                case "subject" ->
                        new SchemaEntry.Subject(
                                text(json, "subject"),
                                text(json, "domain"),
                                optional(json, "product"),
                                Instant.parse(text(json, "since")),
                                optional(json, "level").map(CompatibilityLevel::valueOf),
                                optional(json, "mode").map(SubjectMode::valueOf));
                case "region" ->
                        new SchemaEntry.Region(
                                claims(json),
                                optional(json, "level").map(CompatibilityLevel::valueOf),
                                optional(json, "mode").map(SubjectMode::valueOf));
                default -> throw wrong("is of the kind " + json.path("kind"));
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "an entry of a schema does not read: " + e, e);
        }
    }

    private static SchemaSource source(JsonNode json) {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode each : json.path("references")) {
            references.add(
                    new SchemaReference(
                            text(each, "name"), text(each, "subject"), number(each, "version")));
        }
        return new SchemaSource(
                SchemaLanguage.valueOf(text(json, "language")), text(json, "text"), references);
    }

    private static List<SchemaEntry.Claim> claims(JsonNode json) {
        List<SchemaEntry.Claim> claims = new ArrayList<>();
        for (JsonNode each : json.path("claims")) {
            claims.add(
                    new SchemaEntry.Claim(
                            number(each, "block"), Instant.parse(text(each, "since"))));
        }
        return claims;
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.path(name).isString()
                ? Optional.of(json.path(name).stringValue())
                : Optional.empty();
    }

    private static String text(JsonNode json, String name) {
        return optional(json, name).orElseThrow(() -> wrong("has no '" + name + "'"));
    }

    private static int number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isInt() || value.intValue() < 1) {
            throw wrong("has no '" + name + "' from 1 up");
        }
        return value.intValue();
    }

    private static Problem wrong(String what) {
        return new Problem(ProblemCode.INVALID_VALUE, "an entry of a schema " + what);
    }
}
