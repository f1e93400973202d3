package dev.sheaf.context.document;

import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rewrites an event's operations for a region that may not see all.
final class EventRedaction {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FieldRule root;
    private final Visibility visibility;
    private final ValueRedaction values;
    private final List<Op> ops = new ArrayList<>();

    EventRedaction(FieldRule root, Visibility visibility) {
        this.root = root;
        this.visibility = visibility;
        this.values = new ValueRedaction(visibility);
    }

    List<Op> ops() {
        return ops;
    }

    void add(Op op, long eventDot) {
        FieldRule rule = root;
        List<Step> path = op.path();
        boolean erases = op instanceof Op.Erase || op instanceof Op.EraseSubject;
        for (int depth = 0; depth <= path.size() && !erases; depth++) {
            boolean last = depth == path.size();
            boolean list = last ? isOfList(op) : path.get(depth) instanceof Step.Element;
            if (list ? visibility.isListHidden(rule) : visibility.isHidden(rule)) {
                hide(op, path.subList(0, depth));
                return;
            }
            if (!last) {
                rule =
                        switch (path.get(depth)) {
                            case Step.Key key -> rule.member(key.name());
                            case Step.Element element -> rule.element();
                        };
            }
        }
        if (erases || visibility.isWhole(rule)) {
            ops.add(op);
        } else {
            partly(op, rule);
        }
    }

    private static boolean isOfList(Op op) {
        return op instanceof Op.Insert
                || op instanceof Op.Delete
                || op instanceof Op.Move
                || op instanceof Op.Assign assign && assign.value().isArray();
    }

    /// The operation is at or below a hidden place: a mark takes its place. A removal of the place
    /// itself stays one.
    private void hide(Op op, List<Step> place) {
        boolean removal = op instanceof Op.Remove && op.path().size() == place.size();
        if (!isNameless(place)) {
            ops.add(removal ? op : mark(place));
        } else if (!removal) {
            ops.add(
                    mark(
                            Redactor.with(
                                    place.subList(0, place.size() - 1),
                                    new Step.Key(Redactor.HIDDEN_KEY))));
        }
    }

    private static Op mark(List<Step> place) {
        return new Op.Assign(List.copyOf(place), RedactedValue.INSTANCE, 0);
    }

    private boolean isNameless(List<Step> place) {
        if (place.isEmpty() || !(place.getLast() instanceof Step.Key last)) {
            return false;
        }
        FieldRule rule = root.at(place.subList(0, place.size() - 1));
        return !rule.members().containsKey(last.name());
    }

    /// The operation's place may be seen, but not all below it.
    private void partly(Op op, FieldRule rule) {
        switch (op) {
            case Op.Assign assign -> assign(assign.path(), rule, assign.value(), assign.firstDot());
            case Op.Insert insert -> insert(insert, rule);
            case Op.Remove remove -> ops.add(op);
            case Op.Increment increment -> ops.add(op);
            case Op.Include include -> ops.add(op);
            case Op.Exclude exclude -> ops.add(op);
            case Op.Delete delete -> ops.add(op);
            case Op.Move move -> ops.add(op);
            case Op.Erase erase -> ops.add(op);
            case Op.EraseSubject erase -> ops.add(op);
        }
    }

    /// As one operation where no list elements are hidden; else piece by piece, so that those which
    /// are not keep their numbers.
    private void assign(List<Step> path, FieldRule rule, JsonNode value, long firstDot) {
        JsonNode redacted = values.of(value, rule);
        if (ElementCount.of(rule, redacted) == ElementCount.of(rule, value)
                || redacted == RedactedValue.INSTANCE) {
            ops.add(new Op.Assign(path, redacted, firstDot));
            return;
        }
        long dot = firstDot;
        switch (value) {
            case ObjectNode object -> {
                ops.add(new Op.Assign(path, JSON.objectNode(), dot));
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    String name = member.getKey();
                    FieldRule memberRule = rule.member(name);
                    JsonNode inner = member.getValue();
                    boolean nameless =
                            ValueRedaction.isNameless(name, values.of(inner, memberRule), rule);
                    Step step = new Step.Key(nameless ? Redactor.HIDDEN_KEY : name);
                    assign(Redactor.with(path, step), memberRule, inner, dot);
                    dot += ElementCount.of(memberRule, inner);
                }
            }
            case ArrayNode array -> {
                ops.add(new Op.Assign(path, JSON.arrayNode(), dot));
                long left = 0;
                for (JsonNode element : array) {
                    ops.add(new Op.Insert(path, dot, left, 0, List.of(shell(element))));
                    assign(
                            Redactor.with(path, new Step.Element(dot)),
                            rule.element(),
                            element,
                            dot + 1);
                    left = dot;
                    dot += 1 + ElementCount.of(rule.element(), element);
                }
            }
            default -> ops.add(new Op.Assign(path, redacted, firstDot));
        }
    }

    private static JsonNode shell(JsonNode element) {
        return element.isContainer() ? JSON.objectNode() : JSON.nullNode();
    }

    private void insert(Op.Insert insert, FieldRule rule) {
        FieldRule element = rule.element();
        List<JsonNode> redacted = new ArrayList<>();
        int hidden = 0;
        for (JsonNode value : insert.values()) {
            JsonNode marked = values.of(value, element);
            hidden += ElementCount.of(element, value) - ElementCount.of(element, marked);
            redacted.add(marked);
        }
        if (hidden == 0) {
            ops.add(
                    new Op.Insert(
                            insert.path(),
                            insert.firstDot(),
                            insert.leftOrigin(),
                            insert.rightOrigin(),
                            redacted));
            return;
        }
        List<JsonNode> shells = insert.values().stream().map(EventRedaction::shell).toList();
        ops.add(
                new Op.Insert(
                        insert.path(),
                        insert.firstDot(),
                        insert.leftOrigin(),
                        insert.rightOrigin(),
                        shells));
        long inner = insert.firstDot() + shells.size();
        for (int index = 0; index < shells.size(); index++) {
            JsonNode value = insert.values().get(index);
            Step step = new Step.Element(insert.firstDot() + index);
            assign(Redactor.with(insert.path(), step), element, value, inner);
            inner += ElementCount.of(element, value);
        }
    }
}
