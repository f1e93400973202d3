package dev.sheaf.rego.syntax;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `# METADATA` comment.
///
/// @param fields its YAML, with `scope`, and with short forms written out: authors are objects with
///   `name` and `email`, related resources objects with `ref`
public record Annotation(ObjectValue fields, Location at) {
    private static final Pattern AUTHOR = Pattern.compile("([^<]*)<([^>]*)>");

    /// `rule`, `document`, `package` or `subpackages`.
    public String scope() {
        return fields.get("scope") instanceof StringValue scope ? scope.value() : "";
    }

    /// @param scope the one that it has when it does not say it
    static Annotation of(ObjectValue yaml, String scope, Location at) {
        ObjectValue.Builder fields = new ObjectValue.Builder(yaml.size() + 1);
        fields.put("scope", StringValue.of(scope));
        yaml.forEach((key, value) -> fields.put(key, written(key, value)));
        return new Annotation(fields.build(), at);
    }

    private static Value written(Value key, Value value) {
        if (!(key instanceof StringValue name && value instanceof ArrayValue items)) {
            return value;
        }
        return switch (name.value()) {
            case "authors" ->
                    ArrayValue.of(items.items().stream().map(Annotation::author).toList());
            case "related_resources" ->
                    ArrayValue.of(items.items().stream().map(Annotation::resource).toList());
            default -> value;
        };
    }

    private static Value author(Value author) {
        if (!(author instanceof StringValue text)) {
            return author;
        }
        ObjectValue.Builder fields = new ObjectValue.Builder();
        Matcher parts = AUTHOR.matcher(text.value());
        if (!parts.matches()) {
            return fields.put("name", StringValue.of(text.value().strip())).build();
        }
        if (!parts.group(1).isBlank()) {
            fields.put("name", StringValue.of(parts.group(1).strip()));
        }
        return fields.put("email", StringValue.of(parts.group(2).strip())).build();
    }

    private static Value resource(Value resource) {
        return resource instanceof StringValue
                ? new ObjectValue.Builder().put("ref", resource).build()
                : resource;
    }
}
