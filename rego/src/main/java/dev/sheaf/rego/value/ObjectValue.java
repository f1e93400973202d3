package dev.sheaf.rego.value;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/// Values by keys; keys may be any values. Shown in the order of the keys.
public final class ObjectValue implements Value {
    public static final ObjectValue EMPTY = new ObjectValue(new KeyTable(0), new Value[0]);

    private static final int CAPACITY_MIN = 4;
    private static final Value[] NONE = new Value[0];

    private final KeyTable keys;
    private final Value[] values;
    private int hash;

    ObjectValue(KeyTable keys, Value[] values) {
        this.keys = keys;
        this.values = values;
    }

    KeyTable keys() {
        return keys;
    }

    Value valueAt(int index) {
        return values[index];
    }

    public static ObjectValue of(Map<String, ? extends Value> fields) {
        Builder builder = new Builder(fields.size());
        fields.forEach((name, value) -> builder.put(StringValue.of(name), value));
        return builder.build();
    }

    /// Grows an object; used by one thread, and once.
    public static final class Builder {
        private final KeyTable keys;
        private Value[] values;

        public Builder() {
            this(0);
        }

        public Builder(int expected) {
            keys = new KeyTable(expected);
            values = expected == 0 ? NONE : new Value[expected];
        }

        /// @return what the key had before, or null
        public @Nullable Value put(Value key, Value value) {
            int before = keys.size();
            int index = keys.add(key);
            if (index < before) {
                Value old = values[index];
                values[index] = value;
                return old;
            }
            if (index == values.length) {
                values = Arrays.copyOf(values, Math.max(CAPACITY_MIN, index * 2));
            }
            values[index] = value;
            return null;
        }

        public Builder put(String key, Value value) {
            put(StringValue.of(key), value);
            return this;
        }

        public @Nullable Value get(Value key) {
            int index = keys.find(key);
            return index < 0 ? null : values[index];
        }

        public Builder putAll(ObjectValue other) {
            for (int i = 0; i < other.size(); i++) {
                put(other.keys.key(i), other.values[i]);
            }
            return this;
        }

        public int size() {
            return keys.size();
        }

        public ObjectValue build() {
            return keys.size() == 0 ? EMPTY : new ObjectValue(keys, values);
        }
    }

    public int size() {
        return keys.size();
    }

    public @Nullable Value get(Value key) {
        int index = keys.find(key);
        return index < 0 ? null : values[index];
    }

    public @Nullable Value get(String key) {
        return get(StringValue.of(key));
    }

    public boolean has(Value key) {
        return keys.find(key) >= 0;
    }

    /// The key at a place of the order, from 0 to size.
    public Value key(int place) {
        return keys.key(keys.order()[place]);
    }

    /// The value at a place of the order of the keys, from 0 to size.
    public Value value(int place) {
        return values[keys.order()[place]];
    }

    /// In the order of the keys.
    public void forEach(BiConsumer<Value, Value> action) {
        for (int index : keys.order()) {
            action.accept(keys.key(index), values[index]);
        }
    }

    @Override
    public String typeName() {
        return "object";
    }

    @Override
    public int rank() {
        return 5;
    }

    @Override
    public int compareWithin(Value other) {
        ObjectValue that = (ObjectValue) other;
        int length = Math.min(size(), that.size());
        for (int i = 0; i < length; i++) {
            int byKey = key(i).compareTo(that.key(i));
            if (byKey != 0) {
                return byKey;
            }
            int byValue = value(i).compareTo(that.value(i));
            if (byValue != 0) {
                return byValue;
            }
        }
        return Integer.compare(size(), that.size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof ObjectValue that)
                || size() != that.size()
                || hashCode() != that.hashCode()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!values[i].equals(that.get(keys.key(i)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int sum = size();
            for (int i = 0; i < size(); i++) {
                sum += keys.key(i).hashCode() * 31 ^ values[i].hashCode() * 0x85EBCA6B;
            }
            hash = sum;
        }
        return hash;
    }

    @Override
    public void write(StringBuilder out) {
        out.append('{');
        for (int i = 0; i < size(); i++) {
            if (i > 0) {
                out.append(", ");
            }
            key(i).write(out);
            out.append(": ");
            value(i).write(out);
        }
        out.append('}');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
