package dev.sheaf.context.translate;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// Applies a step to all places of a document that it is about. The given document is not changed;
/// what does not change is shared with the new one.
final class DocumentEdit {
    private final TranslationStep step;

    DocumentEdit(TranslationStep step) {
        this.step = step;
    }

    /// @param from how many steps of the path lead to `node`; 0 for a whole document
    JsonNode apply(JsonNode node, int from) {
        List<String> steps = step.path().steps();
        String next = steps.get(from);
        if (from == steps.size() - 1) {
            return last(node, next);
        }
        return switch (node) {
            case ObjectNode object -> {
                if (next.equals(PlacePattern.ANY)) {
                    yield allMembers(object, from);
                }
                JsonNode child = object.get(next);
                yield child == null ? object : with(object, next, apply(child, from + 1));
            }
            case ArrayNode array ->
                    next.equals(PlacePattern.ANY) ? allElements(array, from) : array;
            default -> node;
        };
    }

    private JsonNode allMembers(ObjectNode object, int from) {
        ObjectNode edited = object;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            edited = withOn(object, edited, member.getKey(), below(member.getValue(), from));
        }
        return edited;
    }

    private JsonNode allElements(ArrayNode array, int from) {
        ArrayNode edited = array;
        int index = 0;
        for (JsonNode element : array) {
            JsonNode changed = below(element, from);
            if (changed != element) {
                edited = edited == array ? copy(array) : edited;
                edited.set(index, orNull(changed));
            }
            index++;
        }
        return edited;
    }

    /// The edited child, or null when its place is to go.
    private @Nullable JsonNode below(JsonNode child, int from) {
        boolean reached = from == step.path().steps().size() - 1;
        return reached ? value(child) : apply(child, from + 1);
    }

    private @Nullable JsonNode value(JsonNode value) {
        return switch (step) {
            case TranslationStep.ValueStep change -> change.translate(value);
            case TranslationStep.Rename ignored -> value;
            case TranslationStep.Default ignored -> value;
            case TranslationStep.Remove ignored -> value;
        };
    }

    private JsonNode last(JsonNode node, String name) {
        return switch (node) {
            case ObjectNode object when name.equals(PlacePattern.ANY) ->
                    allMembers(object, step.path().steps().size() - 1);
            case ObjectNode object -> lastOfObject(object, name);
            case ArrayNode array when name.equals(PlacePattern.ANY) ->
                    allElements(array, step.path().steps().size() - 1);
            default -> node;
        };
    }

    private JsonNode lastOfObject(ObjectNode object, String name) {
        JsonNode value = object.get(name);
        return switch (step) {
            case TranslationStep.Default added ->
                    value == null ? with(object, name, added.value()) : object;
            case TranslationStep.Remove ignored ->
                    value == null ? object : with(object, name, null);
            case TranslationStep.Rename renamed -> renamed(object, name, renamed.name());
            case TranslationStep.ValueStep change ->
                    value == null ? object : with(object, name, change.translate(value));
        };
    }

    /// What has the new name already would afterwards be taken for the other.
    private JsonNode renamed(ObjectNode object, String from, String to) {
        if (object.has(to)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the document holds '"
                            + JsonValues.shown(to)
                            + "', which in the other version is the name of what this one calls '"
                            + JsonValues.shown(from)
                            + "' ("
                            + step.path()
                            + " is renamed); remove or rename it");
        }
        if (!object.has(from)) {
            return object;
        }
        ObjectNode renamed = JsonNodeFactory.instance.objectNode();
        object.properties()
                .forEach(member ->
                        renamed.set(
                                member.getKey().equals(from) ? to : member.getKey(),
                                member.getValue()));
        return renamed;
    }

    private static ObjectNode with(ObjectNode object, String name, @Nullable JsonNode value) {
        return withOn(object, object, name, value);
    }

    /// Sets a member on `edited`, which is `original` until the first change.
    private static ObjectNode withOn(
            ObjectNode original, ObjectNode edited, String name, @Nullable JsonNode value) {
        if (original.get(name) == value) {
            return edited;
        }
        ObjectNode target = edited == original ? copy(original) : edited;
        if (value == null) {
            target.remove(name);
        } else {
            target.set(name, value);
        }
        return target;
    }

    private static ObjectNode copy(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        return copy;
    }

    private static ArrayNode copy(ArrayNode array) {
        return JsonNodeFactory.instance.arrayNode(array.size()).addAll(array);
    }

    /// An element cannot go without moving those after it.
    private static JsonNode orNull(@Nullable JsonNode value) {
        return value == null ? JsonNodeFactory.instance.nullNode() : value;
    }
}
