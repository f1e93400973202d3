package dev.sheaf.schemas.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;

import tools.jackson.databind.JsonNode;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A document against the schema that its draft has for schemas, as the validation library bundles
/// it; nothing is fetched. Each is compiled once. For any thread.
final class MetaSchema {
    private static final int TOLD_MAX = 5;
    private static final Map<Dialect, Schema> COMPILED = new EnumMap<>(Dialect.class);

    private MetaSchema() {}

    /// @param isDeclared whether the document names its draft; one that names none need only be a
    ///   schema of some draft
    static void check(JsonNode root, Dialect dialect, boolean isDeclared) {
        List<Error> errors = errors(root, dialect);
        if (errors.isEmpty()) {
            return;
        }
        if (!isDeclared) {
            for (Dialect other : Dialect.values()) {
                if (errors(root, other).isEmpty()) {
                    return;
                }
            }
        }
        throw JsonSchema.invalid(
                "is no JSON Schema of draft "
                        + dialect.uri()
                        + ": "
                        + errors.stream()
                                .limit(TOLD_MAX)
                                .map(error ->
                                        error.getInstanceLocation() + " " + error.getMessage())
                                .collect(Collectors.joining("; ")));
    }

    private static List<Error> errors(JsonNode root, Dialect dialect) {
        return compiled(dialect).validate(root).stream()
                .filter(error -> dialect == Dialect.DRAFT_4 || !isAdvice(error))
                .toList();
    }

    /// From draft 6 on a list of values should have values, each once; it need not.
    private static boolean isAdvice(Error error) {
        String place = error.getInstanceLocation().toString();
        return place.endsWith("/enum")
                && (error.getKeyword().equals("minItems")
                        || error.getKeyword().equals("uniqueItems"));
    }

    private static synchronized Schema compiled(Dialect dialect) {
        return COMPILED.computeIfAbsent(
                dialect,
                draft ->
                        SchemaRegistry.withDefaultDialect(draft.specification())
                                .getSchema(SchemaLocation.of(draft.uri())));
    }
}
