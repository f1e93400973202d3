package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whole documents of `data`: what rules say, over what the data has, under what is replaced.
final class Materials {
    private Materials() {}

    /// @param node of the rules, or null where there are none
    /// @param base what the data has there
    /// @param replaced what is replaced there
    /// @return null when there is nothing
    static @Nullable Value document(
            @Nullable Node node,
            @Nullable Value base,
            @Nullable Replacement replaced,
            Context context) {
        if (replaced != null && replaced.value() != null) {
            return replaced.value();
        } else if (node == null) {
            return replaced == null ? base : merged(Map.of(), base, replaced, context);
        } else if (node.isDocument()) {
            Value own = ofRules(node, context);
            return replaced == null ? own : put(own, replaced);
        } else if (node.isFunction()) {
            return replaced == null ? base : merged(Map.of(), base, replaced, context);
        }
        return merged(node.children(), base, replaced, context);
    }

    private static @Nullable Value ofRules(Node node, Context context) {
        if (node.children().isEmpty()) {
            return node.group().document(context);
        }
        PartialObject object = new PartialObject();
        gather(node, new ArrayList<>(), object, context);
        return object.build();
    }

    /// What the rules of a node and of those below say, as parts of one object.
    private static void gather(Node node, List<Value> path, PartialObject object, Context context) {
        Value[] keys = path.toArray(new Value[0]);
        if (node.isDocument()) {
            RuleGroup group = node.group();
            Location at = node.sources().getFirst().rule().at();
            if (group.kind() == RuleGroup.Kind.OBJECT && path.isEmpty()) {
                object.object(keys, at);
                group.gather(context, object);
            } else {
                Value value = group.document(context);
                if (value != null && group.kind() == RuleGroup.Kind.OBJECT) {
                    spread(keys, value, object, at);
                } else if (value instanceof SetValue set && group.kind() == RuleGroup.Kind.SET) {
                    set.items().forEach(member -> object.member(keys, member, at));
                } else if (value != null) {
                    object.leaf(keys, value, at);
                }
            }
        }
        for (Map.Entry<String, Node> child : node.children().entrySet()) {
            path.add(StringValue.of(child.getKey()));
            gather(child.getValue(), path, object, context);
            path.removeLast();
        }
    }

    /// The fields of an object one by one, so that others may add to it.
    private static void spread(Value[] keys, Value value, PartialObject object, Location at) {
        object.object(keys, at);
        if (value instanceof ObjectValue fields) {
            fields.forEach((key, field) -> {
                Value[] path = java.util.Arrays.copyOf(keys, keys.length + 1);
                path[keys.length] = key;
                object.leaf(path, field, at);
            });
        }
    }

    private static Value merged(
            Map<String, Node> children,
            @Nullable Value base,
            @Nullable Replacement replaced,
            Context context) {
        Map<String, Replacement> below = replaced == null ? Map.of() : replaced.below();
        ObjectValue fields = base instanceof ObjectValue object ? object : ObjectValue.EMPTY;
        ObjectValue.Builder all = new ObjectValue.Builder(fields.size() + children.size());
        fields.forEach((key, value) -> {
            String name = key instanceof StringValue text ? text.value() : "";
            if (!children.containsKey(name) && !below.containsKey(name)) {
                all.put(key, value);
            }
        });
        for (Map.Entry<String, Node> child : children.entrySet()) {
            StringValue name = StringValue.of(child.getKey());
            Value data = fields.get(name);
            // Data that a rule should not have been laid over counts, as in OPA.
            boolean isData = child.getValue().isDocument() && data != null;
            Value value =
                    document(
                            isData ? null : child.getValue(),
                            data,
                            below.get(child.getKey()),
                            context);
            if (value != null) {
                all.put(name, value);
            }
        }
        for (Map.Entry<String, Replacement> other : below.entrySet()) {
            if (!children.containsKey(other.getKey())) {
                StringValue name = StringValue.of(other.getKey());
                Value value = document(null, fields.get(name), other.getValue(), context);
                if (value != null) {
                    all.put(name, value);
                }
            }
        }
        return all.build();
    }

    private static Value put(@Nullable Value document, Replacement replaced) {
        if (replaced.value() != null) {
            return replaced.value();
        }
        ObjectValue.Builder changed = new ObjectValue.Builder();
        ObjectValue fields = document instanceof ObjectValue object ? object : ObjectValue.EMPTY;
        changed.putAll(fields);
        replaced.below()
                .forEach((name, other) -> {
                    StringValue key = StringValue.of(name);
                    changed.put(key, put(fields.get(key), other));
                });
        return changed.build();
    }
}
