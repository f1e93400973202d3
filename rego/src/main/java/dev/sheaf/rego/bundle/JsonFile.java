package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;
import dev.sheaf.rego.value.YamlValues;

/// Files of JSON or YAML as values.
final class JsonFile {
    private JsonFile() {}

    /// @throws Problem UNREADABLE_INPUT when it is no JSON
    static Value json(BundleFile file) {
        try {
            return JsonValues.parse(file.text());
        } catch (Problem notJson) {
            throw Faults.unreadable(file.name(), notJson.message(), notJson);
        }
    }

    /// @throws Problem UNREADABLE_INPUT when it is no YAML
    static Value yaml(BundleFile file) {
        try {
            return YamlValues.parse(file.text());
        } catch (IllegalArgumentException notYaml) {
            throw Faults.unreadable(file.name(), "no YAML: " + notYaml.getMessage(), notYaml);
        }
    }

    /// @throws Problem UNREADABLE_INPUT when it is no JSON object
    static ObjectValue object(BundleFile file) {
        Value value = json(file);
        if (value instanceof ObjectValue object) {
            return object;
        }
        throw Faults.unreadable(
                file.name(), "it holds a JSON " + value.typeName() + ", not an object", null);
    }
}
