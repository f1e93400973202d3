package dev.sheaf.node.opa;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One rule of `data.system.log.mask`: a place of an event that is left out or replaced.
///
/// @param path JSON pointer, below `/input` or `/result`
/// @param replacement null to leave it out
record LogMask(String path, @Nullable Value replacement) {
    private static final List<String> ROOTS = List.of("input", "result");

    /// @throws IllegalArgumentException when it is none
    static LogMask read(Value rule) {
        if (rule instanceof StringValue path) {
            return checked(new LogMask(path.value(), null));
        }
        if (rule instanceof ObjectValue fields
                && fields.get("op") instanceof StringValue operation
                && fields.get("path") instanceof StringValue path) {
            Value value = fields.get("value");
            if (operation.value().equals("remove")) {
                return checked(new LogMask(path.value(), null));
            } else if (operation.value().equals("upsert") && value != null) {
                return checked(new LogMask(path.value(), value));
            }
        }
        throw new IllegalArgumentException(
                "a mask of the log is a path, or an object with op (remove, or upsert with value)"
                        + " and path");
    }

    private static LogMask checked(LogMask mask) {
        if (!mask.path().startsWith("/") || !ROOTS.contains(mask.steps().getFirst())) {
            throw new IllegalArgumentException(
                    "a mask of the log has a path that is not below /input or /result");
        }
        return mask;
    }

    private List<String> steps() {
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /// The event with it; the same one when the place is not there.
    ObjectValue apply(ObjectValue event) {
        Value changed =
                replacement == null ? without(event, steps()) : with(event, steps(), replacement);
        return changed instanceof ObjectValue object ? object : event;
    }

    private static Value without(Value from, List<String> steps) {
        List<String> rest = steps.subList(1, steps.size());
        switch (from) {
            case ObjectValue object -> {
                StringValue name = StringValue.of(steps.getFirst());
                Value below = object.get(name);
                if (below == null) {
                    return from;
                }
                Value changed = rest.isEmpty() ? null : without(below, rest);
                return changed == below ? from : replaced(object, name, changed);
            }
            case ArrayValue array -> {
                int place = place(array, steps.getFirst());
                if (place < 0) {
                    return from;
                }
                List<Value> items = new ArrayList<>(array.items());
                if (rest.isEmpty()) {
                    items.remove(place);
                } else {
                    Value changed = without(items.get(place), rest);
                    if (changed == items.get(place)) {
                        return from;
                    }
                    items.set(place, changed);
                }
                return ArrayValue.of(items);
            }
            default -> {
                return from;
            }
        }
    }

    /// Objects that are missing on the way are made; what is no object on the way is replaced.
    private static Value with(Value in, List<String> steps, Value value) {
        if (steps.isEmpty()) {
            return value;
        }
        List<String> rest = steps.subList(1, steps.size());
        if (in instanceof ArrayValue array) {
            int place = place(array, steps.getFirst());
            if (place < 0) {
                return in;
            }
            List<Value> items = new ArrayList<>(array.items());
            items.set(place, with(items.get(place), rest, value));
            return ArrayValue.of(items);
        }
        ObjectValue object = in instanceof ObjectValue found ? found : ObjectValue.EMPTY;
        StringValue name = StringValue.of(steps.getFirst());
        Value below = object.get(name);
        return replaced(object, name, with(below == null ? ObjectValue.EMPTY : below, rest, value));
    }

    private static ObjectValue replaced(
            ObjectValue object, StringValue name, @Nullable Value value) {
        ObjectValue.Builder changed = new ObjectValue.Builder(object.size() + 1);
        object.forEach((key, item) -> {
            if (!key.equals(name)) {
                changed.put(key, item);
            }
        });
        if (value != null) {
            changed.put(name, value);
        }
        return changed.build();
    }

    /// Negative when there is none.
    private static int place(ArrayValue array, String step) {
        int place = step.matches("[0-9]{1,9}") ? Integer.parseInt(step) : -1;
        return place < array.items().size() ? place : -1;
    }
}
