package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.web.SchemaNode.Draft;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parts of one schema document that have a name of their own. References in it are made
/// absolute; those to other documents are refused, nothing is fetched.
final class SchemaDocuments {
    /// @param draft that its document names; null when it names none
    record Found(Value schema, @Nullable Draft draft) {}

    private final Map<String, Found> byName = new HashMap<>();
    private final @Nullable Draft draft;
    private final Value root;

    SchemaDocuments(Value schema) {
        draft = draft(schema);
        root = absolute(schema, SchemaReference.HERE);
        byName.put("", new Found(root, draft));
    }

    Value root() {
        return root;
    }

    /// The draft that `$schema` names; null when it names none that is known.
    static @Nullable Draft draft(Value schema) {
        if (schema instanceof BooleanValue) {
            return null;
        }
        if (!(schema instanceof ObjectValue object)) {
            throw BuiltinFault.of("schema is invalid");
        }
        Value named = object.get("$schema");
        if (named == null) {
            return null;
        }
        if (!(named instanceof StringValue text)) {
            throw BuiltinFault.of("$schema must be of type string");
        }
        return switch (SchemaReference.parse(text.value()).toString()) {
            case "http://json-schema.org/draft-04/schema" -> Draft.FOUR;
            case "http://json-schema.org/draft-06/schema" -> Draft.SIX;
            case "http://json-schema.org/draft-07/schema" -> Draft.SEVEN;
            default -> null;
        };
    }

    private Value absolute(Value value, SchemaReference base) {
        return switch (value) {
            case ArrayValue array -> {
                List<Value> items = new ArrayList<>(array.size());
                array.items().forEach(item -> items.add(absolute(item, base)));
                yield ArrayValue.of(items);
            }
            case ObjectValue object -> absolute(object, base);
            default -> value;
        };
    }

    private Value absolute(ObjectValue object, SchemaReference outer) {
        Value id = object.get(object.get("id") == null ? "$id" : "id");
        SchemaReference base =
                id instanceof StringValue text
                        ? outer.resolve(SchemaReference.parse(text.value()))
                        : outer;
        ObjectValue.Builder changed = new ObjectValue.Builder(object.size());
        object.forEach((key, value) -> {
            String name = key instanceof StringValue text ? text.value() : "";
            changed.put(
                    key,
                    switch (name) {
                        case "$ref" -> reference(value, base);
                        // Their content is no schema.
                        case "const", "enum" -> value;
                        case "properties", "dependencies", "patternProperties" ->
                                members(value, base);
                        default -> absolute(value, base);
                    });
        });
        ObjectValue built = changed.build();
        if (id instanceof StringValue) {
            byName.putIfAbsent(base.toString(), new Found(built, draft));
        }
        return built;
    }

    private static Value reference(Value value, SchemaReference base) {
        return value instanceof StringValue text
                ? StringValue.of(base.resolve(SchemaReference.parse(text.value())).toString())
                : value;
    }

    /// The names are no keywords, only the values are schemas.
    private Value members(Value value, SchemaReference base) {
        if (!(value instanceof ObjectValue object)) {
            return value;
        }
        ObjectValue.Builder changed = new ObjectValue.Builder(object.size());
        object.forEach((key, schema) -> changed.put(key, absolute(schema, base)));
        return changed.build();
    }

    /// @throws BuiltinFault when it is not in the document
    Found find(SchemaReference reference) {
        Found named = byName.get(reference.toString());
        if (named != null) {
            return named;
        }
        Found document = byName.get(reference.document());
        if (document != null) {
            return new Found(reference.find(document.schema), document.draft);
        }
        if (!reference.isAbsolute()) {
            throw BuiltinFault.of("Reference %s must be canonical", reference);
        }
        throw BuiltinFault.of("remote reference loading disabled: %s", reference);
    }
}
