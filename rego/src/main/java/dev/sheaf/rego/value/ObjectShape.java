package dev.sheaf.rego.value;

/// The names of objects of which there are many: made once, so that objects are an array of values
/// each, and [ObjectField] need not look for a name twice. Immutable; for any thread.
public final class ObjectShape {
    private final KeyTable keys;

    private ObjectShape(KeyTable keys) {
        this.keys = keys;
    }

    /// @param names each once
    public static ObjectShape of(String... names) {
        KeyTable keys = new KeyTable(names.length);
        for (String name : names) {
            keys.add(StringValue.of(name));
        }
        if (keys.size() != names.length) {
            throw new IllegalArgumentException(
                    "a name is there twice: " + String.join(", ", names));
        }
        return new ObjectShape(keys.shared());
    }

    /// @param values in the order of the names, all of them; the array is the object's from now on
    public ObjectValue with(Value... values) {
        if (values.length != keys.size()) {
            throw new IllegalArgumentException(
                    values.length + " values for " + keys.size() + " names");
        }
        return new ObjectValue(keys, values);
    }
}
