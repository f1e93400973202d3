package dev.sheaf.schemas.json;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A JSON Schema document with the documents that it refers to. Immutable once read; for any
/// thread.
public final class JsonSchema {
    static final int DEPTH_MAX = 200;

    private static final JsonMapper EXACT =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final JsonNode root;
    private final Dialect dialect;
    private final Map<String, JsonSchema> references;

    /// Nodes by their full address, as `$id` and `$anchor` say.
    private final Map<String, JsonNode> named = new LinkedHashMap<>();

    /// The address that references within a node are relative to.
    private final Map<JsonNode, String> bases = new IdentityHashMap<>();

    /// Of lists of values, which are asked for again and again.
    private final Map<Place, Optional<Set<JsonNode>>> values = new ConcurrentHashMap<>();

    private JsonSchema(JsonNode root, Dialect dialect, Map<String, JsonSchema> references) {
        this.root = root;
        this.dialect = dialect;
        this.references = Map.copyOf(references);
    }

    /// Reads a document, checks it against its draft's schema and follows its references.
    ///
    /// @param references documents that it may refer to, by the name it uses
    /// @throws Problem INVALID_VALUE when it is no such document, or refers to what is not there
    public static JsonSchema read(String text, Map<String, JsonSchema> references) {
        JsonNode root = tree(text);
        if (!(root.isObject() || root.isBoolean())) {
            throw invalid("is no JSON Schema: it must be an object, true or false");
        }
        String declared = root.path("$schema").asString("");
        Dialect dialect =
                declared.isEmpty()
                        ? Dialect.DRAFT_2020_12
                        : Dialect.named(declared)
                                .orElseThrow(() ->
                                        invalid(
                                                "is of the draft '"
                                                        + declared
                                                        + "', which is not known here; known are 4,"
                                                        + " 6, 7, 2019-09 and 2020-12"));
        MetaSchema.check(root, dialect, !declared.isEmpty());
        JsonSchema schema = new JsonSchema(root, dialect, references);
        schema.index(root, "");
        schema.requireReferences(root);
        return schema;
    }

    Dialect dialect() {
        return dialect;
    }

    Optional<Set<JsonNode>> values(Place place) {
        return values.computeIfAbsent(place, Keywords::readValues);
    }

    Place root() {
        return new Place(this, root);
    }

    /// Whether it means the same wherever it stands.
    boolean isSelfContained() {
        return references.isEmpty();
    }

    /// The document in the shortest form, its members in the order they came.
    public String text() {
        return JsonText.write(root);
    }

    /// The document in the shortest form, members sorted by name.
    public String normalizedText() {
        return JsonText.write(Sorted.of(root));
    }

    /// What a node refers to as it is written; empty when it is no reference.
    String reference(JsonNode node) {
        for (String keyword : new String[] {"$ref", "$dynamicRef", "$recursiveRef"}) {
            if (node.path(keyword).isString()) {
                return node.path(keyword).stringValue();
            }
        }
        return "";
    }

    /// @throws Problem INVALID_VALUE when nothing is there
    Place resolve(JsonNode from, String reference) {
        String full = Addresses.resolve(bases.getOrDefault(from, ""), reference);
        JsonNode known = named.get(full);
        if (known != null) {
            return new Place(this, known);
        }
        String document = Addresses.document(full);
        String fragment = Addresses.fragment(full);
        JsonNode within = named.get(document);
        if (within != null && (fragment.isEmpty() || fragment.startsWith("/"))) {
            return new Place(this, below(within, fragment, reference));
        }
        JsonSchema other = references.get(Addresses.document(reference));
        if (other == null) {
            other = references.get(document);
        }
        if (other == null) {
            throw invalid(
                    "refers to '"
                            + reference
                            + "', which is neither in it nor among its references"
                            + (references.isEmpty()
                                    ? ": name it in 'references'"
                                    : " (" + String.join(", ", references.keySet()) + ")"));
        }
        return other.resolve(other.root, fragment.isEmpty() ? "#" : "#" + fragment);
    }

    private static JsonNode below(JsonNode node, String pointer, String reference) {
        JsonNode found = Addresses.find(node, pointer);
        if (!(found.isObject() || found.isBoolean())) {
            throw invalid("refers to '" + reference + "', and there is no schema there");
        }
        return found;
    }

    private void index(JsonNode node, String base) {
        String own = base;
        if (node.isObject()) {
            String id = node.path("$id").asString(node.path("id").asString(""));
            if (!id.isEmpty() && (reference(node).isEmpty() || !dialect.ignoresBesideReference())) {
                String full = Addresses.resolve(base, id);
                named.putIfAbsent(full, node);
                own = Addresses.fragment(full).isEmpty() ? Addresses.document(full) : base;
            }
            for (String keyword : new String[] {"$anchor", "$dynamicAnchor"}) {
                if (node.path(keyword).isString()) {
                    named.putIfAbsent(own + "#" + node.path(keyword).stringValue(), node);
                }
            }
        }
        if (node == root) {
            named.putIfAbsent("", node);
            named.putIfAbsent(own, node);
        }
        bases.put(node, own);
        for (JsonNode below : node) {
            index(below, own);
        }
    }

    private void requireReferences(JsonNode node) {
        if (node.isObject() && !reference(node).isEmpty()) {
            resolve(node, reference(node));
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(member -> !isData(member.getKey()))
                    .forEach(member -> requireReferences(member.getValue()));
        } else {
            node.forEach(this::requireReferences);
        }
    }

    /// Keywords whose values are data, not schemas.
    private static boolean isData(String keyword) {
        return keyword.equals("const")
                || keyword.equals("enum")
                || keyword.equals("default")
                || keyword.equals("examples");
    }

    static JsonNode tree(String text) {
        try {
            JsonNode root = EXACT.readTree(text);
            if (root == null || root.isMissingNode()) {
                throw invalid("is empty");
            }
            return root;
        } catch (JacksonException e) {
            throw invalid("is not JSON: " + e.getOriginalMessage());
        }
    }

    static Problem invalid(String what) {
        return new Problem(ProblemCode.INVALID_VALUE, "the schema " + what);
    }
}
