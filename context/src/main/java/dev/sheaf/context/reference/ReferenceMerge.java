package dev.sheaf.context.reference;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.ElementCount;
import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Applies an event to a state, as `spec/context.md`, section 3, says it.
public final class ReferenceMerge {
    private final Event event;
    private ReferenceState state;
    private long nextDot;

    private ReferenceMerge(ReferenceState state, Event event) {
        this.state = state;
        this.event = event;
    }

    /// @param event causally ready
    /// @param root the rule of the whole document
    public static ReferenceState apply(ReferenceState state, Event event, FieldRule root) {
        ReferenceMerge merge = new ReferenceMerge(state, event);
        boolean erases = event.ops().stream().anyMatch(op -> op instanceof Op.Erase);
        if (erases) {
            merge.erase();
        } else if (state.fences().stream().allMatch(merge::saw)) {
            event.ops().forEach(op -> merge.apply(op, root));
        }
        return merge.state.at(state.vector().with(event.actor(), event.lastSequence()));
    }

    private boolean saw(long dot) {
        return Dot.actor(dot) == event.actor() || event.context().covers(dot);
    }

    private void erase() {
        Set<Long> fences = new HashSet<>(state.fences());
        fences.removeIf(this::saw);
        fences.add(event.dot());
        state = new ReferenceState(Map.of(), Map.of(), Set.of(), fences, state.vector());
    }

    private void apply(Op op, FieldRule root) {
        List<Step> path = op.path();
        if (!state.isReachable(path)) {
            return;
        }
        FieldRule rule = root.at(path);
        switch (op) {
            case Op.Assign assign -> {
                nextDot = assign.firstDot();
                assign(path, rule, assign.value());
            }
            case Op.Remove remove -> remove(path);
            case Op.Increment increment -> count(path, increment.amount());
            case Op.Include include -> include.values().forEach(value -> include(path, value));
            case Op.Exclude exclude -> exclude.values().forEach(value -> removeMember(path, value));
            case Op.Insert insert -> insert(path, rule, insert);
            case Op.Delete delete -> {
                for (Op.Run run : delete.runs()) {
                    long end = run.firstDot() + run.count();
                    state =
                            state.removingAt(
                                    path,
                                    entry ->
                                            (entry instanceof Entry.Element
                                                            || entry instanceof Entry.Point)
                                                    && entry.dot() >= run.firstDot()
                                                    && entry.dot() < end);
                }
            }
            case Op.Move move ->
                    state =
                            state.adding(
                                    new ReferenceState.Slot(
                                            path,
                                            move.slot(),
                                            move.element(),
                                            move.leftOrigin(),
                                            move.rightOrigin(),
                                            event.hlc()));
            case Op.Erase erase -> throw new IllegalArgumentException("an erasure stands alone");
            case Op.EraseSubject erase -> throw new IllegalArgumentException("not of one document");
        }
    }

    private void remove(List<Step> path) {
        if (!path.isEmpty() && path.getLast() instanceof Step.Element element) {
            state =
                    state.removingAt(
                            path.subList(0, path.size() - 1),
                            entry -> entry.equals(new Entry.Element(element.dot())));
        } else {
            clear(path);
        }
    }

    private void clear(List<Step> path) {
        state = state.removing(path, entry -> saw(entry.dot()));
    }

    private void assign(List<Step> path, FieldRule rule, JsonNode value) {
        if (rule.kind() != FieldKind.IMMUTABLE) {
            clear(path);
        }
        switch (ElementCount.kind(rule, value)) {
            case STRUCTURE -> {
                present(path, Entry.Kind.MAP);
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    Step step = new Step.Key(member.getKey());
                    assign(with(path, step), rule.member(member.getKey()), member.getValue());
                }
            }
            case LIST, CONVERSATION -> {
                present(path, Entry.Kind.LIST);
                long left = 0;
                for (JsonNode element : value) {
                    long dot = nextDot++;
                    put(path, false, dot, left, 0);
                    state = state.adding(path, new Entry.Element(dot));
                    assign(with(path, new Step.Element(dot)), rule.element(), element);
                    left = dot;
                }
            }
            case TEXT -> {
                present(path, Entry.Kind.TEXT);
                nextDot = type(path, nextDot, 0, 0, value.stringValue());
            }
            case SET -> {
                present(path, Entry.Kind.SET);
                value.forEach(member -> include(path, member));
            }
            case COUNTER -> count(path, value.decimalValue());
            case REGISTER -> add(path, value, event.hlc());
            case IMMUTABLE -> {
                long hlc = event.hlc();
                for (Entry entry : state.at(path)) {
                    if (entry instanceof Entry.Value earlier && saw(earlier.dot())) {
                        hlc = Math.max(hlc, earlier.hlc() + 1);
                    }
                }
                add(path, value, hlc);
            }
        }
    }

    private void add(List<Step> path, JsonNode value, long hlc) {
        state =
                state.removingAt(
                        path, entry -> entry instanceof Entry.Value && entry.dot() == event.dot());
        state = state.adding(path, new Entry.Value(value, event.dot(), hlc));
    }

    private void present(List<Step> path, Entry.Kind kind) {
        state = state.adding(path, new Entry.Presence(kind, event.dot()));
    }

    private void count(List<Step> path, BigDecimal amount) {
        BigDecimal sum = amount;
        for (Entry entry : state.at(path)) {
            if (entry instanceof Entry.Amount own && own.dot() == event.dot()) {
                sum = sum.add(own.amount());
            }
        }
        state =
                state.removingAt(
                        path, entry -> entry instanceof Entry.Amount && entry.dot() == event.dot());
        state = state.adding(path, new Entry.Amount(sum, event.dot()));
    }

    private void include(List<Step> path, JsonNode value) {
        removeMember(path, value);
        state = state.adding(path, new Entry.Member(new JsonValues.Key(value), event.dot()));
    }

    private void removeMember(List<Step> path, JsonNode value) {
        JsonValues.Key key = new JsonValues.Key(value);
        state =
                state.removingAt(
                        path,
                        entry ->
                                entry instanceof Entry.Member member
                                        && member.value().equals(key)
                                        && saw(member.dot()));
    }

    private void insert(List<Step> path, FieldRule rule, Op.Insert insert) {
        JsonNode first = insert.values().getFirst();
        if (rule.kind() == FieldKind.TEXT && first.isString()) {
            type(
                    path,
                    insert.firstDot(),
                    insert.leftOrigin(),
                    insert.rightOrigin(),
                    first.stringValue());
            return;
        }
        long dot = insert.firstDot();
        long left = insert.leftOrigin();
        nextDot = dot + insert.values().size();
        for (JsonNode value : insert.values()) {
            put(path, false, dot, left, insert.rightOrigin());
            state = state.adding(path, new Entry.Element(dot));
            assign(with(path, new Step.Element(dot)), rule.element(), value);
            left = dot++;
        }
    }

    private long type(List<Step> path, long firstDot, long before, long right, String text) {
        long dot = firstDot;
        long left = before;
        for (int point : text.codePoints().toArray()) {
            put(path, true, dot, left, right);
            state = state.adding(path, new Entry.Point(point, dot));
            left = dot++;
        }
        return dot;
    }

    private void put(List<Step> path, boolean text, long dot, long left, long right) {
        state = state.adding(path, new ReferenceState.Position(text, dot, left, right));
    }

    private static List<Step> with(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
