package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EdgesJson;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.registry.CanonicalJson;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A document about an owner's edges, or a part of them, as one region tells others.
///
/// @param id `REGION/DIGEST/PART`
/// @param body what is said
record LineageDocument(String id, ObjectNode body) {
    private static final int COLUMN_EDGES_MAX = 4000;
    private static final int DIGITS = 32;

    /// The documents that say all of it.
    ///
    /// @param facts of a model
    static List<LineageDocument> of(OwnerKey key, Edges edges, Optional<ObjectNode> facts) {
        List<ObjectNode> parts = EdgesJson.parts(edges, COLUMN_EDGES_MAX);
        List<LineageDocument> documents = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("kind", key.kind().name());
            name(body.putArray("name"), key.name());
            key.teller().ifPresent(teller -> name(body.putArray("teller"), teller));
            body.put("part", part);
            body.put("parts", parts.size());
            body.set("edges", parts.get(part));
            if (part == 0) {
                facts.ifPresent(each -> body.set("facts", each));
            }
            documents.add(new LineageDocument(prefix(key) + part, body));
        }
        return documents;
    }

    /// With which the ids of all parts begin.
    static String prefix(OwnerKey key) {
        String text =
                String.join(
                        "\0",
                        key.kind().name(),
                        key.name().namespace(),
                        key.name().name(),
                        key.teller().map(EntityName::namespace).orElse(""),
                        key.teller().map(EntityName::name).orElse(""));
        return key.region()
                + "/"
                + Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS)
                + "/";
    }

    private static void name(tools.jackson.databind.node.ArrayNode list, EntityName name) {
        list.add(name.namespace()).add(name.name());
    }

    /// The region that an id says.
    static RegionName home(String id) {
        int end = id.lastIndexOf('/', id.lastIndexOf('/') - 1);
        if (end < 0) {
            throw new Problem(ProblemCode.INVALID_VALUE, "'" + id + "' begins with no region");
        }
        return RegionName.parse(id.substring(0, end));
    }

    /// What is signed.
    static byte[] payload(String type, String id, long revision, JsonNode body) {
        ObjectNode signed = JsonNodeFactory.instance.objectNode();
        signed.set("body", body);
        signed.put("id", id);
        signed.put("revision", revision);
        signed.put("type", type);
        return CanonicalJson.bytes(signed);
    }

    /// Whose edges a body is about.
    ///
    /// @throws Problem INVALID_VALUE
    static OwnerKey key(JsonNode body, RegionName home) {
        OwnerKey.Kind kind = null;
        for (OwnerKey.Kind each : OwnerKey.Kind.values()) {
            if (each.name().equals(body.path("kind").asString(""))) {
                kind = each;
            }
        }
        if (kind == null) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "it is about a " + body.path("kind") + ", which this node does not know");
        }
        return new OwnerKey(
                kind,
                name(body.path("name")),
                home.toString(),
                body.has("teller") ? Optional.of(name(body.path("teller"))) : Optional.empty());
    }

    private static EntityName name(JsonNode list) {
        return new EntityName(list.path(0).asString(""), list.path(1).asString(""));
    }
}
