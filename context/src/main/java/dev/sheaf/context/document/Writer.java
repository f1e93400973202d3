package dev.sheaf.context.document;

import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.sequence.TextSequence;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Carries out an event's operations on the content of a document. Whatever an operation says, it
/// has an outcome: one that fits nothing here has no effect.
final class Writer {
    private final Merge merge;
    private final Document document;
    private final ConflictSink sink;
    private @Nullable Findings noticing;

    private Op op = new Op.Erase();
    private List<Step> path = List.of();

    // Whether the operation only takes away.
    private boolean takes;

    Writer(Merge merge, Document document, ConflictSink sink) {
        this.merge = merge;
        this.document = document;
        this.sink = sink;
    }

    private Findings findings() {
        Findings findings = noticing;
        if (findings == null) {
            findings = new Findings(merge, document, sink);
            noticing = findings;
        }
        findings.about(op);
        return findings;
    }

    /// @return the content afterwards
    @Nullable Object write(@Nullable Object root, Op operation, FieldRule rule) {
        op = operation;
        path = operation.path();
        takes =
                operation instanceof Op.Remove
                        || operation instanceof Op.Exclude
                        || operation instanceof Op.Delete;
        if (operation instanceof Op.Remove || !document.removals().isEmpty()) {
            findings().begin(rule);
        }
        return at(root, 0, rule);
    }

    private @Nullable Object at(@Nullable Object content, int depth, FieldRule rule) {
        if (depth == path.size()) {
            return leaf(content, rule);
        }
        return switch (path.get(depth)) {
            case Step.Key key -> member(content, depth, rule, key.name());
            case Step.Element element -> element(content, depth, rule, element.dot());
        };
    }

    private @Nullable Object member(
            @Nullable Object content, int depth, FieldRule rule, String name) {
        MapNode known = content instanceof MapNode direct ? direct : Places.map(content);
        if (takes && (known == null || known.find(name) < 0)) {
            return content;
        }
        Object whole = content instanceof Mixed mixed ? merge.own(mixed) : content;
        MapNode map = known == null ? merge.made(new MapNode()) : (MapNode) merge.own(known);
        map.changed();
        FieldRule memberRule = rule.member(name);
        int slot = map.findOrAdd(name);
        if (content != map && content != null && findings().isWatching(content)) {
            findings().passed(content, depth, rule);
        }
        long assigned = map.unseenPresence(merge);
        boolean overtaken = assigned != Container.NONE && !Places.hasDot(map.get(slot), assigned);
        if (!overtaken && depth + 1 == path.size() && setAtOnce(map, slot, memberRule)) {
            return whole == map ? map : Places.with(whole, map);
        }
        if (overtaken) {
            findings().overtaken(map, assigned, depth, rule);
        }
        Object before = map.get(slot);
        Object after = at(before, depth + 1, memberRule);
        if (after != before) {
            map.set(slot, after);
        }
        return Places.with(whole, map);
    }

    /// The common case: a scalar takes the place of nothing, or of one that the writer had seen.
    private boolean setAtOnce(MapNode map, int slot, FieldRule rule) {
        if (!(op instanceof Op.Assign assign)) {
            return false;
        }
        JsonNode value = assign.value();
        FieldKind kind = rule.kind();
        boolean register =
                kind == FieldKind.REGISTER || kind == FieldKind.STRUCTURE && !value.isContainer();
        Object before = map.raw(slot);
        boolean replaceable =
                before == null || before instanceof JsonNode && merge.saw(map.dot(slot));
        if (register && replaceable) {
            map.setRegister(slot, value, merge.dot(), merge.hlc());
        }
        return register && replaceable;
    }

    private @Nullable Object element(
            @Nullable Object content, int depth, FieldRule rule, long dot) {
        ListNode known = Places.list(content);
        if (known == null || !known.elements().isAlive(dot)) {
            findings().deletedElement(depth, rule);
            return content;
        }
        ListNode list = (ListNode) merge.own(known);
        Object whole = content instanceof Mixed mixed ? merge.own(mixed) : content;
        list.changed();
        if (depth + 1 == path.size() && op instanceof Op.Remove) {
            findings().deleting(list, new Op.Run(dot, 1), rule);
            list.elements().delete(dot, 1, merge.dot());
            return Places.with(whole, list);
        }
        Object before = list.get(dot);
        Object after = at(before, depth + 1, rule.element());
        if (after != null && after != before) {
            list.set(dot, after);
        }
        return Places.with(whole, list);
    }

    private @Nullable Object leaf(@Nullable Object content, FieldRule rule) {
        Object whole = content instanceof Mixed mixed ? merge.own(mixed) : content;
        return switch (op) {
            case Op.Assign assign -> assign(whole, rule, assign);
            case Op.Remove remove -> remove(whole, rule);
            case Op.Increment increment -> {
                beside(whole, rule);
                CounterNode counter = counter(whole);
                counter.add(merge.dot(), increment.amount(), false);
                yield Places.with(whole, counter);
            }
            case Op.Include include -> {
                beside(whole, rule);
                SetNode set = set(whole);
                include.values().forEach(value -> set.include(value, merge));
                yield Places.with(whole, set);
            }
            case Op.Exclude exclude -> {
                SetNode known = Places.set(whole);
                if (known == null) {
                    yield whole;
                }
                SetNode set = (SetNode) merge.own(known);
                exclude.values().forEach(value -> set.exclude(value, merge));
                yield Places.with(whole, set);
            }
            case Op.Insert insert -> insert(whole, rule, insert);
            case Op.Delete delete -> delete(whole, rule, delete);
            case Op.Move move -> move(whole, rule, move);
            case Op.Erase erase -> whole;
            case Op.EraseSubject erase -> whole;
        };
    }

    /// Something is written to a counter, set, list or text, perhaps beside something else.
    private void beside(@Nullable Object content, FieldRule rule) {
        boolean alone =
                switch (content) {
                    case null -> true;
                    case CounterNode counter -> true;
                    case SetNode set -> true;
                    case ListNode list -> list.unseenPresence(merge) == Container.NONE;
                    case TextNode text -> text.unseenPresence(merge) == Container.NONE;
                    case Object other -> false;
                };
        if (!alone) {
            findings().beside(content, rule);
        }
    }

    private CounterNode counter(@Nullable Object content) {
        CounterNode known = Places.counter(content);
        return known == null ? merge.made(new CounterNode()) : (CounterNode) merge.own(known);
    }

    private SetNode set(@Nullable Object content) {
        SetNode known = Places.set(content);
        return known == null ? merge.made(new SetNode()) : (SetNode) merge.own(known);
    }

    private ListNode list(@Nullable Object content) {
        ListNode known = Places.list(content);
        return known == null
                ? merge.made(new ListNode(merge.actors()))
                : (ListNode) merge.own(known);
    }

    private TextNode text(@Nullable Object content) {
        TextNode known = Places.text(content);
        return known == null
                ? merge.made(new TextNode(merge.actors()))
                : (TextNode) merge.own(known);
    }

    private @Nullable Object assign(@Nullable Object content, FieldRule rule, Op.Assign assign) {
        JsonNode value = assign.value();
        boolean simple = !value.isContainer() && !value.isString();
        boolean numbered = simple || take(assign.firstDot(), ElementCount.of(rule, value));
        Numbers numbers = new Numbers(assign.firstDot());
        return assign(content, numbered ? rule : registerOf(rule), value, numbers);
    }

    private boolean take(long firstDot, int count) {
        return count == 0 || merge.take(firstDot, count);
    }

    /// What a value is merged by whose elements do not fit the event's numbers.
    private static FieldRule registerOf(FieldRule rule) {
        return new FieldRule(FieldKind.REGISTER, rule.resolver(), rule.classification(), Map.of());
    }

    private @Nullable Object assign(
            @Nullable Object content, FieldRule rule, JsonNode value, Numbers numbers) {
        boolean once = rule.kind() == FieldKind.IMMUTABLE;
        Object rest = once ? content : Places.clear(content, merge);
        if (rest != null) {
            findings().assigned(rest, rule, value);
        }
        return put(rest, rule, value, numbers);
    }

    /// Adds the value to what is left of the place.
    private Object put(@Nullable Object rest, FieldRule rule, JsonNode value, Numbers numbers) {
        return switch (ElementCount.kind(rule, value)) {
            case STRUCTURE -> putMap(rest, rule, (ObjectNode) value, numbers);
            case LIST, CONVERSATION -> putList(rest, rule, (ArrayNode) value, numbers);
            case TEXT -> putText(rest, value.stringValue(), numbers);
            case SET -> {
                SetNode set = set(rest);
                set.addPresence(merge.dot());
                value.forEach(member -> set.include(member, merge));
                yield Places.with(rest, set);
            }
            case COUNTER -> {
                CounterNode counter = counter(rest);
                counter.add(merge.dot(), value.decimalValue(), true);
                yield Places.with(rest, counter);
            }
            case IMMUTABLE -> {
                long after = 0;
                for (Register register : Places.registers(rest)) {
                    after = merge.saw(register.dot) ? Math.max(after, register.hlc + 1) : after;
                }
                yield Places.withValue(rest, value, merge.dot(), Math.max(merge.hlc(), after));
            }
            case REGISTER -> Places.withValue(rest, value, merge.dot(), merge.hlc());
        };
    }

    private Object putMap(
            @Nullable Object rest, FieldRule rule, ObjectNode object, Numbers numbers) {
        MapNode known = Places.map(rest);
        MapNode map =
                known == null ? merge.made(new MapNode(object.size())) : (MapNode) merge.own(known);
        map.addPresence(merge.dot());
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            int slot = map.findOrAdd(member.getKey());
            FieldRule memberRule = rule.member(member.getKey());
            Object before = map.get(slot);
            if (before == null) {
                map.set(slot, put(null, memberRule, member.getValue(), numbers));
            } else {
                findings().enter(new Step.Key(member.getKey()));
                map.set(slot, assign(before, memberRule, member.getValue(), numbers));
                findings().leave();
            }
        }
        return Places.with(rest, map);
    }

    private Object putList(
            @Nullable Object rest, FieldRule rule, ArrayNode array, Numbers numbers) {
        ListNode list = list(rest);
        list.addPresence(merge.dot());
        list.forgetTurns();
        FieldRule element = rule.element();
        long left = 0;
        long runDot = 0;
        List<Object> run = new ArrayList<>();
        for (JsonNode value : array) {
            long dot = numbers.next();
            if (run.isEmpty() || dot != runDot + run.size()) {
                left = flush(list, runDot, left, run);
                runDot = dot;
            }
            run.add(put(null, element, value, numbers));
        }
        flush(list, runDot, left, run);
        return Places.with(rest, list);
    }

    private static long flush(ListNode list, long firstDot, long left, List<Object> run) {
        if (run.isEmpty()) {
            return left;
        }
        list.elements().insert(firstDot, left, 0, run);
        long last = firstDot + run.size() - 1;
        run.clear();
        return last;
    }

    private Object putText(@Nullable Object rest, String value, Numbers numbers) {
        TextNode text = text(rest);
        text.addPresence(merge.dot());
        if (!value.isEmpty()) {
            text.points().insert(numbers.take(ElementCount.points(value)), 0, 0, value);
        }
        return Places.with(rest, text);
    }

    private @Nullable Object remove(@Nullable Object content, FieldRule rule) {
        Object rest = Places.clear(content, merge);
        findings().removed(rest, rule);
        return rest;
    }

    private @Nullable Object insert(@Nullable Object content, FieldRule rule, Op.Insert insert) {
        List<JsonNode> values = insert.values();
        boolean text =
                rule.kind() == FieldKind.TEXT && values.size() == 1 && values.getFirst().isString();
        int own = text ? ElementCount.points(values.getFirst().stringValue()) : values.size();
        int inner = 0;
        if (!text) {
            for (JsonNode value : values) {
                inner += ElementCount.of(rule.element(), value);
            }
        }
        if (own == 0 || !merge.take(insert.firstDot(), own + inner)) {
            return content;
        }
        beside(content, rule);
        Numbers numbers = new Numbers(insert.firstDot() + own);
        try {
            return text
                    ? insertText(content, insert, values.getFirst().stringValue())
                    : insertValues(content, rule, insert, numbers);
        } catch (Problem unplaceable) {
            findings().unplaceable(rule, unplaceable);
            return content;
        }
    }

    private Object insertText(@Nullable Object content, Op.Insert insert, String value) {
        TextNode node = text(content);
        node.changed();
        TextSequence points = node.points();
        points.insert(insert.firstDot(), insert.leftOrigin(), insert.rightOrigin(), value);
        return Places.with(content, node);
    }

    private Object insertValues(
            @Nullable Object content, FieldRule rule, Op.Insert insert, Numbers numbers) {
        List<JsonNode> values = insert.values();
        ListNode node = list(content);
        node.grown();
        int sizeBefore = node.elements().size();
        List<Object> contents = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            contents.add(put(null, rule.element(), value, numbers));
        }
        node.elements()
                .insert(insert.firstDot(), insert.leftOrigin(), insert.rightOrigin(), contents);
        node.added(sizeBefore, insert.firstDot() + contents.size() - 1, contents.size());
        if (rule.kind() == FieldKind.CONVERSATION) {
            findings().added(node, rule, insert.firstDot(), insert.leftOrigin(), contents);
        }
        return Places.with(content, node);
    }

    private @Nullable Object delete(@Nullable Object content, FieldRule rule, Op.Delete delete) {
        Object after = content;
        ListNode knownList = Places.list(content);
        if (knownList != null) {
            ListNode list = (ListNode) merge.own(knownList);
            list.changed();
            for (Op.Run run : delete.runs()) {
                findings().deleting(list, run, rule);
                list.elements().delete(run.firstDot(), run.count(), merge.dot());
            }
            after = Places.with(content, list);
        }
        TextNode knownText = Places.text(content);
        if (knownText != null) {
            TextNode text = (TextNode) merge.own(knownText);
            text.changed();
            for (Op.Run run : delete.runs()) {
                text.points().delete(run.firstDot(), run.count(), merge.dot());
            }
            after = Places.with(after, text);
        }
        return after;
    }

    private @Nullable Object move(@Nullable Object content, FieldRule rule, Op.Move move) {
        ListNode known = Places.list(content);
        if (known == null || !merge.take(move.slot(), 1)) {
            return content;
        }
        ListNode list = (ListNode) merge.own(known);
        list.changed();
        findings().moving(list, move, rule);
        try {
            list.elements()
                    .move(
                            move.slot(),
                            move.element(),
                            move.leftOrigin(),
                            move.rightOrigin(),
                            merge.hlc());
        } catch (Problem unplaceable) {
            findings().unplaceable(rule, unplaceable);
        }
        return Places.with(content, list);
    }

    /// Hands out the numbers of list elements.
    private static final class Numbers {
        private long next;

        Numbers(long first) {
            next = first;
        }

        long next() {
            return next++;
        }

        long take(int count) {
            long first = next;
            next += count;
            return first;
        }
    }
}
