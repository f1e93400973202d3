package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// JSON Patch on any value. Sets take part: a member is its own key. When one operation cannot be
/// done, or the patch is malformed, there is no result.
///
/// Source: RFC 6902, with OPA's paths ([JsonPath]).
final class JsonPatch {
    /// Why an operation cannot be done does not show.
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal() {
            super(null, null, false, false);
        }
    }

    private final Surroundings world;

    /// Null after the whole document was removed.
    private @Nullable Value document;

    private JsonPatch(Value document, Surroundings world) {
        this.document = document;
        this.world = world;
    }

    static @Nullable Value applied(Value[] arguments, Surroundings world) {
        JsonPatch patch = new JsonPatch(arguments[0], world);
        try {
            for (Value operation : Operands.array(arguments, 1).items()) {
                patch.apply(operation);
            }
        } catch (Refusal refusal) {
            return null;
        }
        return patch.document;
    }

    private void apply(Value value) {
        if (!(value instanceof ObjectValue operation)
                || !(operation.get("op") instanceof StringValue name)) {
            throw new Refusal();
        }
        List<Value> path = path(operation, "path");
        switch (name.value()) {
            case "add" -> document = inserted(path, attribute(operation, "value"));
            case "remove" -> document = removed(path);
            case "replace" -> {
                Value fresh = attribute(operation, "value");
                document = removed(path);
                document = inserted(path, fresh);
            }
            case "move" -> {
                List<Value> from = path(operation, "from");
                Value moved = found(from);
                document = removed(from);
                document = inserted(path, moved);
            }
            case "copy" -> document = inserted(path, found(path(operation, "from")));
            case "test" -> {
                if (!found(path).equals(attribute(operation, "value"))) {
                    throw new Refusal();
                }
            }
            default -> throw new Refusal();
        }
    }

    private static Value attribute(ObjectValue operation, String name) {
        Value value = operation.get(name);
        if (value == null) {
            throw new Refusal();
        }
        return value;
    }

    private static List<Value> path(ObjectValue operation, String name) {
        Value path = attribute(operation, name);
        if (!(path instanceof StringValue) && !(path instanceof ArrayValue)) {
            throw new Refusal();
        }
        return JsonPath.parse(path);
    }

    private Value whole() {
        if (document == null) {
            throw new Refusal();
        }
        return document;
    }

    private Value found(List<Value> path) {
        Value value = whole();
        for (Value key : path) {
            world.work(1);
            value = child(value, key);
        }
        return value;
    }

    private static Value child(Value value, Value key) {
        Value child =
                value instanceof ArrayValue array
                        ? array.find(NumberValue.of(index(array, key)))
                        : ObjectBuiltins.child(value, key);
        if (child == null) {
            throw new Refusal();
        }
        return child;
    }

    /// `-` is the place behind the last one.
    private static int index(ArrayValue array, Value key) {
        if (key instanceof NumberValue number
                && number.isLong()
                && number.longValue() >= 0
                && number.longValue() <= array.size()) {
            return (int) number.longValue();
        }
        if (!(key instanceof StringValue string)) {
            throw new Refusal();
        }
        String text = string.value();
        if (text.equals("-")) {
            return array.size();
        }
        boolean isIndex =
                text.length() < 10
                        && text.matches("0|[1-9][0-9]*")
                        && Integer.parseInt(text) <= array.size();
        if (!isIndex) {
            throw new Refusal();
        }
        return Integer.parseInt(text);
    }

    private Value inserted(List<Value> path, Value fresh) {
        return path.isEmpty() ? fresh : inserted(whole(), path, fresh);
    }

    private Value inserted(Value value, List<Value> path, Value fresh) {
        Value key = path.getFirst();
        if (path.size() > 1) {
            List<Value> below = path.subList(1, path.size());
            return with(value, key, inserted(child(value, key), below, fresh));
        }
        if (value instanceof ArrayValue array) {
            List<Value> items = new ArrayList<>(array.items());
            items.add(index(array, key), fresh);
            world.work(items.size());
            return ArrayValue.of(items);
        }
        if (value instanceof SetValue && !key.equals(fresh)) {
            throw new Refusal();
        }
        return with(value, key, fresh);
    }

    private @Nullable Value removed(List<Value> path) {
        Value whole = whole();
        return path.isEmpty() ? null : removed(whole, path);
    }

    private Value removed(Value value, List<Value> path) {
        Value key = path.getFirst();
        Value child = child(value, key);
        if (path.size() > 1) {
            return with(value, key, removed(child, path.subList(1, path.size())));
        }
        if (value instanceof ArrayValue array) {
            List<Value> items = new ArrayList<>(array.items());
            items.remove(index(array, key));
            world.work(1L + items.size());
            return ArrayValue.of(items);
        }
        return rebuilt(value, key, null);
    }

    /// The value with a child replaced, or put in when there was none.
    private Value with(Value value, Value key, Value fresh) {
        if (value instanceof ArrayValue array) {
            List<Value> items = new ArrayList<>(array.items());
            items.set(index(array, key), fresh);
            world.work(items.size());
            return ArrayValue.of(items);
        }
        return rebuilt(value, key, fresh);
    }

    private Value rebuilt(Value value, Value key, @Nullable Value fresh) {
        if (value instanceof ObjectValue object) {
            world.work(1L + object.size());
            ObjectValue.Builder fields = new ObjectValue.Builder(object.size() + 1);
            object.forEach((name, field) -> {
                if (!name.equals(key)) {
                    fields.put(name, field);
                }
            });
            if (fresh != null) {
                fields.put(key, fresh);
            }
            return fields.build();
        }
        if (!(value instanceof SetValue set)) {
            throw new Refusal();
        }
        world.work(1L + set.size());
        SetValue.Builder members = new SetValue.Builder(set.size() + 1);
        for (Value member : set.items()) {
            if (!member.equals(key)) {
                members.add(member);
            }
        }
        if (fresh != null) {
            members.add(fresh);
        }
        return members.build();
    }
}
