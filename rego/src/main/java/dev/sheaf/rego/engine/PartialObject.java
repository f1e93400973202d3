package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// A document that several rules make together, each a part. Parts must not contradict each other:
/// where one has put a value, none may put another, or something into it.
final class PartialObject {
    private @Nullable Value leaf;
    private SetValue.@Nullable Builder members;
    private final Map<Value, PartialObject> fields = new LinkedHashMap<>();

    void leaf(Value[] path, Value value, Location at) {
        PartialObject place = at(path, at);
        boolean isSame = value.equals(place.leaf);
        if (place.members != null || !place.fields.isEmpty() || place.leaf != null && !isSame) {
            throw conflict(at);
        }
        place.leaf = value;
    }

    void member(Value[] path, Value value, Location at) {
        PartialObject place = at(path, at);
        if (place.leaf != null || !place.fields.isEmpty()) {
            throw conflict(at);
        }
        SetValue.Builder set = place.members;
        if (set == null) {
            set = new SetValue.Builder();
            place.members = set;
        }
        set.add(value);
    }

    /// An object is there, even if nothing is in it.
    void object(Value[] path, Location at) {
        at(path, at);
    }

    private PartialObject at(Value[] path, Location at) {
        PartialObject place = this;
        for (Value key : path) {
            if (place.leaf != null || place.members != null) {
                throw conflict(at);
            }
            place = place.fields.computeIfAbsent(key, each -> new PartialObject());
        }
        return place;
    }

    private static EvaluationFault conflict(Location at) {
        return new EvaluationFault(EvaluationFault.CONFLICT, "object keys must be unique", at);
    }

    Value build() {
        if (leaf != null) {
            return leaf;
        } else if (members != null) {
            return members.build();
        }
        ObjectValue.Builder object = new ObjectValue.Builder(fields.size());
        fields.forEach((key, field) -> object.put(key, field.build()));
        return object.build();
    }
}
