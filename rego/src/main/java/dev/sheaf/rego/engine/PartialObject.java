package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// A document that several rules make together, each a part. Parts must not contradict each other:
/// where one has put a value, none may put another, or something into it.
final class PartialObject {
    private @Nullable Value leaf;
    private SetValue.@Nullable Builder members;

    /// Fields with a value, and fields to which more may come; none is in both.
    private ObjectValue.@Nullable Builder leaves;

    private @Nullable Map<Value, PartialObject> fields;

    void leaf(Value[] path, Value value, Location at) {
        if (path.length == 0) {
            if (members != null || hasFields() || leaf != null && !value.equals(leaf)) {
                throw conflict(at);
            }
            leaf = value;
            return;
        }
        PartialObject parent = at(path, path.length - 1, at);
        Value key = path[path.length - 1];
        if (parent.leaf != null || parent.members != null) {
            throw conflict(at);
        }
        if (parent.fields != null) {
            PartialObject field = parent.fields.remove(key);
            if (field != null && !field.isEmpty()) {
                throw conflict(at);
            }
        }
        ObjectValue.Builder own = parent.leaves;
        if (own == null) {
            own = new ObjectValue.Builder();
            parent.leaves = own;
        }
        Value before = own.put(key, value);
        if (before != null && !before.equals(value)) {
            throw conflict(at);
        }
    }

    void member(Value[] path, Value value, Location at) {
        PartialObject place = at(path, path.length, at);
        if (place.leaf != null || place.hasFields()) {
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
        if (path.length > 0) {
            PartialObject parent = at(path, path.length - 1, at);
            if (parent.leaves == null || parent.leaves.get(path[path.length - 1]) == null) {
                at(path, path.length, at);
            }
        }
    }

    private boolean hasFields() {
        return leaves != null || fields != null && !fields.isEmpty();
    }

    private boolean isEmpty() {
        return leaf == null && members == null && !hasFields();
    }

    private PartialObject at(Value[] path, int length, Location at) {
        PartialObject place = this;
        for (int i = 0; i < length; i++) {
            Value key = path[i];
            boolean isLeaf = place.leaves != null && place.leaves.get(key) != null;
            if (place.leaf != null || place.members != null || isLeaf) {
                throw conflict(at);
            }
            Map<Value, PartialObject> below = place.fields;
            if (below == null) {
                below = new HashMap<>();
                place.fields = below;
            }
            place = below.computeIfAbsent(key, each -> new PartialObject());
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
        } else if (leaves != null && fields == null) {
            return leaves.build();
        } else if (fields == null) {
            return ObjectValue.EMPTY;
        }
        ObjectValue.Builder object = new ObjectValue.Builder();
        if (leaves != null) {
            object.putAll(leaves.build());
        }
        fields.forEach((key, field) -> object.put(key, field.build()));
        return object.build();
    }
}
