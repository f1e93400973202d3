package dev.sheaf.context.patch;

import dev.sheaf.context.FieldKind;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.ElementCount;
import dev.sheaf.context.document.Place;
import dev.sheaf.context.document.Shape;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a document another one by few operations: equal parts are left alone, lists and texts are
/// compared from both ends.
final class StateDiff {
    private final Operations operations;

    StateDiff(Operations operations) {
        this.operations = operations;
    }

    void diff(Place place, JsonNode wanted, Refusal refusal) {
        FieldKind kind = ElementCount.kind(place.rule(), wanted);
        Shape shape = place.shape();
        if (shape == Shape.OBJECT && kind == FieldKind.STRUCTURE) {
            members(place, wanted, refusal);
        } else if (shape == Shape.LIST && kind == FieldKind.LIST) {
            elements(place, wanted, refusal);
        } else if (shape == Shape.SET && kind == FieldKind.SET) {
            values(place, wanted);
        } else if (shape == Shape.TEXT && kind == FieldKind.TEXT) {
            operations.retype(place, wanted.stringValue());
        } else {
            Optional<JsonNode> shown = place.shown();
            if (shown.isEmpty() || !JsonValues.equal(shown.get(), wanted)) {
                operations.assign(place, wanted, refusal);
            }
        }
    }

    private void members(Place object, JsonNode wanted, Refusal refusal) {
        for (String name : object.memberNames()) {
            Place member = object.member(name);
            if (!wanted.has(name) && member.shape() != Shape.REDACTED) {
                operations.remove(member, inside(refusal, object, name));
            }
        }
        for (Map.Entry<String, JsonNode> member : wanted.properties()) {
            String name = member.getKey();
            diff(object.member(name), member.getValue(), inside(refusal, object, name));
        }
    }

    private static Refusal inside(Refusal refusal, Place object, String name) {
        List<String> steps = new ArrayList<>();
        for (Step step : object.path()) {
            steps.add(
                    switch (step) {
                        case Step.Key key -> key.name();
                        case Step.Element element -> "-";
                    });
        }
        steps.add(name);
        return refusal.at(JsonPointers.of(steps));
    }

    private void elements(Place list, JsonNode wanted, Refusal refusal) {
        int size = list.size();
        JsonNode now = list.shown().orElseThrow();
        int shorter = Math.min(size, wanted.size());
        int start = 0;
        while (start < shorter && JsonValues.equal(now.get(start), wanted.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && JsonValues.equal(now.get(size - 1 - end), wanted.get(wanted.size() - 1 - end))) {
            end++;
        }
        if (size == wanted.size()) {
            for (int index = start; index < size - end; index++) {
                diff(list.element(index), wanted.get(index), refusal);
            }
            return;
        }
        List<JsonNode> added = new ArrayList<>();
        for (int index = start; index < wanted.size() - end; index++) {
            added.add(wanted.get(index));
        }
        operations.delete(list, start, size - start - end);
        operations.insert(list, start, added);
    }

    private void values(Place set, JsonNode wanted) {
        Set<JsonValues.Key> keep = new LinkedHashSet<>();
        wanted.forEach(value -> keep.add(new JsonValues.Key(value)));
        List<JsonNode> gone = new ArrayList<>();
        for (JsonNode value : set.shown().orElseThrow()) {
            if (!keep.contains(new JsonValues.Key(value))) {
                gone.add(value);
            }
        }
        operations.exclude(set, gone);
        operations.include(set, keep.stream().map(JsonValues.Key::value).toList());
    }
}
