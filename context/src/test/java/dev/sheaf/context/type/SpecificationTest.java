package dev.sheaf.context.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `spec/context-type.schema.json`, the examples, the documentation and the reader say the same.
final class SpecificationTest {
    private static final Path FILE =
            Declarations.repository().resolve("spec/context-type.schema.json");

    private static JsonNode specification() {
        return JsonMapper.shared().readTree(FILE.toFile());
    }

    private static boolean specified(String yaml) {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(specification());
        try {
            return schema.validate(YamlDocument.parse(yaml).root()).isEmpty();
        } catch (YamlDocument.Fault fault) {
            throw new AssertionError(fault.finding().toString(), fault);
        }
    }

    @Test
    void everyExampleKeepsToIt() {
        for (Path example : Declarations.examples()) {
            assertTrue(specified(Declarations.text(example)), example.toString());
        }
        assertTrue(specified(Declarations.SMALL));
    }

    @Test
    void whatItForbidsTheReaderRefuses() {
        List<String> changes =
                List.of(
                        "stalenes: critical",
                        "staleness: fast",
                        "ttl: 5",
                        "ttl: 5 weeks",
                        "audited: yes",
                        "acknowledge: sync",
                        "resolver: lwww",
                        "resolver: 'escalate:'",
                        "limits: {depthMax: 0}",
                        "limits: {depth: 5}",
                        "subject: id",
                        "fields: {/name: {merg: text}}",
                        "fields: {/name: {}}",
                        "fields: {name: {merge: text}}",
                        "visibility: {public: [aws/us-east-1]}",
                        "visibility: {pii: []}",
                        "visibility: {pii: [us-east-1]}");
        for (String change : changes) {
            String yaml = Declarations.SMALL + change + "\n";
            assertFalse(specified(yaml), change);
            assertFalse(Declarations.findings(yaml).isEmpty(), change);
        }
    }

    @Test
    void everyKeyIsDocumented() {
        String documentation =
                Declarations.text(Declarations.repository().resolve("docs/context-types.md"));
        List<String> missing = new ArrayList<>();
        List<String> keys = new ArrayList<>(specification().path("properties").propertyNames());
        for (String definition : new String[] {"version", "field", "step", "limits", "residency"}) {
            keys.addAll(
                    specification()
                            .path("$defs")
                            .path(definition)
                            .path("properties")
                            .propertyNames());
        }
        for (String key : keys) {
            if (!documentation.contains("`" + key + "`")) {
                missing.add(key);
            }
        }
        assertTrue(keys.size() > 30, keys.toString());
        assertEquals(List.of(), missing);
    }
}
