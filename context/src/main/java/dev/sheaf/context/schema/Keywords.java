package dev.sheaf.context.schema;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which words a schema may hold.
final class Keywords {
    /// Checked by [SchemaCompiler].
    static final Set<String> CHECKED =
            Set.of(
                    "$ref",
                    "$defs",
                    "$anchor",
                    "type",
                    "enum",
                    "const",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "pattern",
                    "format",
                    "properties",
                    "patternProperties",
                    "additionalProperties",
                    "propertyNames",
                    "required",
                    "dependentRequired",
                    "dependentSchemas",
                    "minProperties",
                    "maxProperties",
                    "items",
                    "prefixItems",
                    "contains",
                    "minContains",
                    "maxContains",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "not",
                    "if",
                    "then",
                    "else");

    /// Notes for people and programs, without effect on what is valid.
    static final Set<String> NOTES =
            Set.of(
                    "$schema",
                    "$id",
                    "$comment",
                    "definitions",
                    "title",
                    "description",
                    "default",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "contentEncoding",
                    "contentMediaType",
                    "contentSchema");

    /// Known elsewhere, with what to write here.
    static final Map<String, String> REFUSED =
            Map.of(
                    "unevaluatedProperties",
                            "write additionalProperties, and name all properties beside it",
                    "unevaluatedItems", "write items beside prefixItems",
                    "$dynamicRef", "write $ref",
                    "$dynamicAnchor", "write $anchor",
                    "$recursiveRef", "write $ref: '#'",
                    "$recursiveAnchor", "write $ref: '#'",
                    "$vocabulary", "it belongs to meta-schemas; remove it",
                    "dependencies", "write dependentRequired or dependentSchemas",
                    "additionalItems", "write prefixItems and items",
                    "id", "write $id, or a property named id under properties");

    private Keywords() {}

    static Set<String> known() {
        Set<String> known = new TreeSet<>(CHECKED);
        known.addAll(NOTES);
        return known;
    }
}
