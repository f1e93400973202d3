package dev.sheaf.rego.builtin.web;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.web.SchemaNode.Dependency;
import dev.sheaf.rego.builtin.web.SchemaNode.Draft;
import dev.sheaf.rego.builtin.web.SchemaNode.Extra;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Reads schemas of drafts 4, 6 and 7 as OPA reads them. References within the document and to its
/// `$id`s are followed, nothing is fetched. Used by one thread, for one schema.
final class SchemaCompiler {
    private static final int DEPTH_MAX = 500;
    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "null", "object", "string");

    private final SchemaDocuments documents;
    private final Map<String, SchemaNode> references = new HashMap<>();
    private int depth;

    private SchemaCompiler(SchemaDocuments documents) {
        this.documents = documents;
    }

    /// @throws BuiltinFault when it is no schema
    static SchemaNode compile(Value schema) {
        SchemaDocuments documents = new SchemaDocuments(schema);
        Draft draft = SchemaDocuments.draft(schema);
        return new SchemaCompiler(documents)
                .node(documents.root(), draft == null ? Draft.HYBRID : draft);
    }

    private SchemaNode node(Value schema, Draft draft) {
        SchemaNode node = new SchemaNode(draft);
        read(schema, node);
        return node;
    }

    private void read(Value schema, SchemaNode node) {
        if (++depth > DEPTH_MAX) {
            throw BuiltinFault.of("schema is nested too deeply, at most %d levels", DEPTH_MAX);
        }
        if (node.draft != Draft.FOUR && schema instanceof BooleanValue bool) {
            node.constant = bool.value();
        } else if (schema instanceof ObjectValue fields) {
            readFields(new SchemaFields(fields), node);
        } else {
            throw BuiltinFault.of("Expected: schema, given: Invalid JSON");
        }
        depth--;
    }

    private void readFields(SchemaFields fields, SchemaNode node) {
        fields.text("$id");
        fields.text("id");
        readDefinitions(fields.get("definitions"), node);
        fields.text("title");
        fields.text("description");
        String reference = fields.text("$ref");
        if (reference != null) {
            SchemaNode known = references.get(reference);
            if (known == null) {
                readReference(reference, node);
                return;
            }
            node.reference = known;
        }
        readTypes(fields.get("type"), node);
        readProperties(fields, node);
        readItems(fields, node);
        readNumberLimits(fields, node);
        readTextLimits(fields, node);
        readObjectLimits(fields, node);
        readArrayLimits(fields, node);
        readValues(fields, node);
        readCombinations(fields, node);
    }

    private void readDefinitions(@Nullable Value definitions, SchemaNode node) {
        if (definitions == null) {
            return;
        }
        if (!(definitions instanceof ObjectValue object)) {
            throw SchemaFields.type("array of schemas", "definitions");
        }
        object.forEach((name, schema) -> {
            if (!isSchema(schema)) {
                throw SchemaFields.type("array of schemas", "definitions");
            }
            node(schema, node.draft);
        });
    }

    private static boolean isSchema(Value value) {
        return value instanceof ObjectValue || value instanceof BooleanValue;
    }

    private void readReference(String text, SchemaNode node) {
        SchemaDocuments.Found found = documents.find(SchemaReference.parse(text));
        SchemaNode target = new SchemaNode(found.draft() == null ? node.draft : found.draft());
        references.put(text, target);
        if (!isSchema(found.schema())) {
            throw BuiltinFault.of("schema must be of type object");
        }
        read(found.schema(), target);
        node.reference = target;
    }

    private void readTypes(@Nullable Value type, SchemaNode node) {
        switch (type) {
            case null -> {}
            case StringValue name -> addType(name, node);
            case ArrayValue names -> names.items().forEach(name -> addType(name, node));
            default -> throw SchemaFields.type("type", "string/array of strings");
        }
    }

    private static void addType(Value value, SchemaNode node) {
        if (!(value instanceof StringValue name)) {
            throw SchemaFields.type("type", "string/array of strings");
        }
        if (!TYPES.contains(name.value())) {
            throw BuiltinFault.of(
                    "has a primitive type that is NOT VALID -- given: /%s/ Expected valid values"
                            + " are:[%s]",
                    name.value(), String.join(" ", TYPES));
        }
        if (node.types.contains(name.value())) {
            throw BuiltinFault.of("%s type is duplicated", name.value());
        }
        node.types.add(name.value());
    }

    private void readProperties(SchemaFields fields, SchemaNode node) {
        ObjectValue properties = fields.object("properties", "properties must be of type object");
        properties.forEach((name, schema) ->
                node.properties.put(JsonValues.keyText(name), node(schema, node.draft)));
        node.additionalProperties = extra(fields, "additionalProperties", node);
        Value patterns = fields.get("patternProperties");
        if (patterns != null) {
            if (!(patterns instanceof ObjectValue object)) {
                throw SchemaFields.type("schema", "patternProperties");
            }
            object.forEach((key, schema) ->
                    node.patternProperties.put(
                            pattern(
                                    JsonValues.keyText(key),
                                    "Invalid regex pattern '" + JsonValues.keyText(key) + "'"),
                            node(schema, node.draft)));
        }
        Value names = fields.get("propertyNames");
        if (names != null && node.draft != Draft.FOUR) {
            if (!isSchema(names)) {
                throw SchemaFields.type("schema", "patternProperties");
            }
            node.propertyNames = node(names, node.draft);
        }
        fields.object("dependencies", "dependencies must be of type object")
                .forEach((name, demand) ->
                        node.dependencies.put(JsonValues.keyText(name), dependency(demand, node)));
    }

    private Dependency dependency(Value demand, SchemaNode node) {
        if (isSchema(demand)) {
            return new Dependency.Matching(node(demand, node.draft));
        }
        List<String> names = new ArrayList<>();
        if (demand instanceof ArrayValue array) {
            for (Value item : array.items()) {
                if (item instanceof StringValue name) {
                    names.add(name.value());
                }
            }
            if (names.size() == array.size()) {
                return new Dependency.Names(names);
            }
        }
        throw BuiltinFault.of("dependency must be of type schema or array of strings");
    }

    private @Nullable Extra extra(SchemaFields fields, String field, SchemaNode node) {
        return switch (fields.get(field)) {
            case null -> null;
            case BooleanValue bool -> new Extra.Allowed(bool.value());
            case ObjectValue schema -> new Extra.Matching(node(schema, node.draft));
            default -> throw SchemaFields.type("boolean/schema", field);
        };
    }

    private void readItems(SchemaFields fields, SchemaNode node) {
        Value items = fields.get("items");
        if (items instanceof ArrayValue schemas) {
            for (Value schema : schemas.items()) {
                if (!isSchema(schema)) {
                    throw SchemaFields.type("schema/array of schemas", "items");
                }
                node.leadingItems.add(node(schema, node.draft));
            }
        } else if (items != null && isSchema(items)) {
            node.items = node(items, node.draft);
        } else if (items != null) {
            throw SchemaFields.type("schema/array of schemas", "items");
        }
        node.additionalItems = extra(fields, "additionalItems", node);
    }

    private static void readNumberLimits(SchemaFields fields, SchemaNode node) {
        Value multiple = fields.get("multipleOf");
        if (multiple != null) {
            if (!(multiple instanceof NumberValue number)) {
                throw SchemaFields.type("number", "multipleOf");
            }
            if (number.decimalValue().signum() <= 0) {
                throw BuiltinFault.of("multipleOf must be strictly greater than 0");
            }
            node.multipleOf = number.decimalValue();
        }
        node.minimum = fields.number("minimum");
        node.exclusiveMinimum =
                exclusive(
                        fields,
                        "exclusiveMinimum",
                        "minimum",
                        node,
                        node.minimum,
                        inclusive -> node.minimum = null);
        node.maximum = fields.number("maximum");
        node.exclusiveMaximum =
                exclusive(
                        fields,
                        "exclusiveMaximum",
                        "maximum",
                        node,
                        node.maximum,
                        inclusive -> node.maximum = null);
    }

    /// Draft 4 says by true that the limit itself is out; later drafts give another limit.
    private static @Nullable BigDecimal exclusive(
            SchemaFields fields,
            String field,
            String inclusiveField,
            SchemaNode node,
            @Nullable BigDecimal inclusive,
            Consumer<BigDecimal> replace) {
        Value value = fields.get(field);
        if (value == null) {
            return null;
        }
        boolean takesBoolean = node.draft == Draft.FOUR || node.draft == Draft.HYBRID;
        if (takesBoolean && value instanceof BooleanValue bool) {
            if (inclusive == null) {
                throw BuiltinFault.of("%s cannot be used without %s", field, inclusiveField);
            }
            if (!bool.value()) {
                return null;
            }
            replace.accept(inclusive);
            return inclusive;
        }
        if (node.draft != Draft.FOUR && value instanceof NumberValue number) {
            return number.decimalValue();
        }
        throw SchemaFields.type(
                node.draft == Draft.FOUR ? "boolean" : takesBoolean ? "boolean/number" : "number",
                field);
    }

    private static void readTextLimits(SchemaFields fields, SchemaNode node) {
        node.minLength = fields.count("minLength");
        node.maxLength = fields.count("maxLength");
        if (node.minLength != null && node.maxLength != null && node.minLength > node.maxLength) {
            throw BuiltinFault.of("minLength cannot be greater than maxLength");
        }
        String pattern = fields.text("pattern");
        if (pattern != null) {
            node.pattern = pattern(pattern, "pattern must be a valid regex");
        }
        String format = fields.text("format");
        if (format != null) {
            node.format = format;
        }
    }

    private static Pattern pattern(String text, String fault) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw BuiltinFault.of(fault);
        }
    }

    private static void readObjectLimits(SchemaFields fields, SchemaNode node) {
        node.minProperties = fields.count("minProperties");
        node.maxProperties = fields.count("maxProperties");
        if (node.minProperties != null
                && node.maxProperties != null
                && node.minProperties > node.maxProperties) {
            throw BuiltinFault.of("minProperties cannot be greater than maxProperties");
        }
        for (Value item : fields.list("required")) {
            if (!(item instanceof StringValue name)) {
                throw SchemaFields.type("string", "required");
            }
            if (node.required.contains(name.value())) {
                throw BuiltinFault.of("required items must be unique");
            }
            node.required.add(name.value());
        }
    }

    private void readArrayLimits(SchemaFields fields, SchemaNode node) {
        node.minItems = fields.count("minItems");
        node.maxItems = fields.count("maxItems");
        Value unique = fields.get("uniqueItems");
        if (unique != null) {
            if (!(unique instanceof BooleanValue bool)) {
                throw BuiltinFault.of("uniqueItems must be of a boolean");
            }
            node.hasUniqueItems = bool.value();
        }
        Value contained = fields.get("contains");
        if (contained != null && node.draft != Draft.FOUR) {
            node.contains = node(contained, node.draft);
        }
    }

    private static void readValues(SchemaFields fields, SchemaNode node) {
        Value fixed = fields.get("const");
        if (fixed != null && node.draft != Draft.FOUR) {
            node.fixed = fixed;
        }
        List<Value> allowed = fields.list("enum");
        if (fields.get("enum") != null) {
            if (allowed.stream().distinct().count() < allowed.size()) {
                throw BuiltinFault.of("enum items must be unique");
            }
            node.allowed = allowed;
        }
    }

    private void readCombinations(SchemaFields fields, SchemaNode node) {
        fields.list("oneOf").forEach(schema -> node.oneOf.add(node(schema, node.draft)));
        fields.list("anyOf").forEach(schema -> node.anyOf.add(node(schema, node.draft)));
        fields.list("allOf").forEach(schema -> node.allOf.add(node(schema, node.draft)));
        node.not = single(fields, "not", node);
        if (node.draft == Draft.SEVEN || node.draft == Draft.HYBRID) {
            node.condition = single(fields, "if", node);
            node.then = single(fields, "then", node);
            node.otherwise = single(fields, "else", node);
        }
    }

    private @Nullable SchemaNode single(SchemaFields fields, String field, SchemaNode node) {
        Value schema = fields.get(field);
        if (schema == null) {
            return null;
        }
        if (!isSchema(schema)) {
            throw BuiltinFault.of("%s must be of an object", field);
        }
        return node(schema, node.draft);
    }
}
