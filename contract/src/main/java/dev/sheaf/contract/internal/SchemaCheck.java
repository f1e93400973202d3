package dev.sheaf.contract.internal;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Standard;
import dev.sheaf.contract.document.Node;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A document against the JSON Schema (2019-09) of the version it declares. Formats are not
/// asserted, as the schemas' own tests do not. Each schema is compiled once.
final class SchemaCheck {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Map<SchemaVersion, SchemaCheck> COMPILED = new ConcurrentHashMap<>();

    private final SchemaVersion version;
    private final Schema schema;
    private final Set<String> fields = new HashSet<>();

    private SchemaCheck(SchemaVersion version) {
        this.version = version;
        JsonNode document = document(version);
        collectFields(document);
        this.schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                        .getSchema(document);
    }

    static SchemaCheck of(SchemaVersion version) {
        return COMPILED.computeIfAbsent(version, SchemaCheck::new);
    }

    List<Finding> run(Node root) {
        List<Error> errors = schema.validate(Json.tree(root));
        return errors.isEmpty() ? List.of() : new SchemaFindings(version, fields, root).of(errors);
    }

    private static JsonNode document(SchemaVersion version) {
        return version == SchemaVersion.ODCS_3_2_0
                ? OdcsThreeTwo.extend((ObjectNode) bundled(SchemaVersion.ODCS_3_1_0))
                : bundled(version);
    }

    private static JsonNode bundled(SchemaVersion version) {
        String name =
                "/dev/sheaf/contract/schema/"
                        + (version.standard() == Standard.ODCS ? "odcs" : "odps")
                        + "-json-schema-"
                        + version.written()
                        + ".json";
        try (InputStream stream = SchemaCheck.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("not bundled: " + name);
            }
            return MAPPER.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every name that some part of the schema gives to a field, for suggestions.
    private void collectFields(JsonNode node) {
        if (node.path("properties") instanceof ObjectNode properties) {
            fields.addAll(properties.propertyNames());
        }
        node.forEach(this::collectFields);
    }
}
