package dev.sheaf.context.document;

import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.Conflict.Version;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Notices, while an event is merged, what it was concurrent with. The table of `spec/context.md`,
/// section 3.1, says what is a conflict; each is found in either order of arrival.
final class Findings {
    private final Merge merge;
    private final Reporter reporter;
    private final Document document;
    private List<Step> trail = List.of();

    private Op op = new Op.Erase();

    Findings(Merge merge, Document document, ConflictSink sink) {
        this.merge = merge;
        this.reporter = new Reporter(document, merge.actors(), sink);
        this.document = document;
    }

    /// What follows is about this operation.
    void about(Op operation) {
        op = operation;
    }

    /// An operation begins: compares it with removals that its writer did not know.
    void begin(FieldRule root) {
        if (!document.removals().isEmpty()) {
            for (Removals.Removal removal : document.removals().all()) {
                FieldRule rule = root.at(removal.path());
                boolean lost =
                        rule.kind() != FieldKind.IMMUTABLE
                                && !merge.saw(removal.dot())
                                && isLostOn(removal);
                if (lost) {
                    reporter.report(
                            ConflictKind.REMOVE_LOST,
                            removal.path(),
                            rule,
                            List.of(
                                    written(),
                                    new Version(Optional.empty(), removal.dot(), removal.hlc())),
                            null);
                }
            }
        }
        if (op instanceof Op.Remove remove) {
            document.addRemoval(new Removals.Removal(remove.path(), merge.dot(), merge.hlc()));
        }
    }

    private boolean isLostOn(Removals.Removal removal) {
        return switch (op) {
            case Op.Assign assign ->
                    Removals.leadsTo(removal.path(), op.path())
                            || Removals.leadsTo(op.path(), removal.path())
                                    && holds(assign.value(), removal.path());
            case Op.Increment increment -> Removals.leadsTo(removal.path(), op.path());
            case Op.Insert insert -> Removals.leadsTo(removal.path(), op.path());
            case Op.Include include ->
                    removal.path().size() < op.path().size()
                            && Removals.leadsTo(removal.path(), op.path());
            case Op.Remove remove -> false;
            case Op.Exclude exclude -> false;
            case Op.Delete delete -> false;
            case Op.Move move -> false;
            case Op.Erase erase -> false;
            case Op.EraseSubject erase -> false;
        };
    }

    /// Whether an assigned value has something at the place of a removal further down.
    private boolean holds(JsonNode value, List<Step> removed) {
        JsonNode at = value;
        for (Step step : removed.subList(op.path().size(), removed.size())) {
            JsonNode next = step instanceof Step.Key key ? at.get(key.name()) : null;
            if (next == null) {
                return false;
            }
            at = next;
        }
        return true;
    }

    void enter(Step step) {
        List<Step> longer = new ArrayList<>(trail);
        longer.add(step);
        trail = longer;
    }

    void leave() {
        trail = trail.subList(0, trail.size() - 1);
    }

    private List<Step> place() {
        if (trail.isEmpty()) {
            return op.path();
        }
        List<Step> place = new ArrayList<>(op.path());
        place.addAll(trail);
        return place;
    }

    private Version written() {
        return new Version(valueOf(op), merge.dot(), merge.hlc());
    }

    private static Optional<JsonNode> valueOf(Op op) {
        return switch (op) {
            case Op.Assign assign -> Reporter.brief(assign.value(), false);
            case Op.Increment increment -> Optional.of(CounterNode.number(increment.amount()));
            case Op.Include include -> Optional.of(include.values().getFirst());
            case Op.Insert insert ->
                    insert.values().size() == 1
                            ? Optional.of(insert.values().getFirst())
                            : Reporter.length(insert.values().size());
            case Op.Remove remove -> Optional.empty();
            case Op.Exclude exclude -> Optional.empty();
            case Op.Delete delete -> Optional.empty();
            case Op.Move move -> Optional.empty();
            case Op.Erase erase -> Optional.empty();
            case Op.EraseSubject erase -> Optional.empty();
        };
    }

    private List<Register> unseenRegisters(@Nullable Object content) {
        return Places.registers(content).stream()
                .filter(register ->
                        !merge.saw(register.dot) && register.value != RedactedValue.INSTANCE)
                .toList();
    }

    /// On the way down past values that were assigned concurrently.
    void passed(@Nullable Object content, int depth, FieldRule rule) {
        for (Register register : unseenRegisters(content)) {
            reporter.report(
                    ConflictKind.OVERWRITE,
                    op.path().subList(0, depth),
                    rule,
                    List.of(Reporter.version(register), written()),
                    content);
        }
    }

    /// On the way down through an object that was assigned concurrently, to a member that it does
    /// not hold.
    void overtaken(MapNode map, long assigned, int depth, FieldRule rule) {
        if (op instanceof Op.Remove) {
            return;
        }
        reporter.report(
                ConflictKind.OVERWRITE,
                op.path().subList(0, depth + 1),
                rule,
                List.of(new Version(Optional.empty(), assigned, 0), written()),
                map);
    }

    /// The way leads through an element that is not in its list any more.
    void deletedElement(int depth, FieldRule rule) {
        if (op instanceof Op.Remove) {
            return;
        }
        reporter.report(
                ConflictKind.DELETED_ELEMENT,
                op.path().subList(0, depth + 1),
                rule,
                List.of(written()),
                null);
    }

    /// Writes inside list elements went with the elements.
    void lost(FieldRule rule) {
        for (Merge.Lost lost : merge.drainLost()) {
            reporter.report(
                    ConflictKind.DELETED_ELEMENT,
                    place(),
                    rule,
                    List.of(new Version(lost.value(), lost.dot(), 0)),
                    null);
        }
    }

    /// A counter, set, list or text is written beside what was assigned there concurrently.
    void beside(@Nullable Object content, FieldRule rule) {
        for (Register register : unseenRegisters(content)) {
            reporter.report(
                    ConflictKind.OVERWRITE,
                    place(),
                    rule,
                    List.of(Reporter.version(register), written()),
                    content);
        }
        if (op instanceof Op.Insert) {
            Container list =
                    rule.kind() == FieldKind.TEXT ? Places.text(content) : Places.list(content);
            long assigned = list == null ? Container.NONE : list.unseenPresence(merge);
            if (assigned != Container.NONE) {
                removeLost(content, rule, new Version(Optional.empty(), assigned, 0), written());
            }
        }
    }

    private void removeLost(
            @Nullable Object content, FieldRule rule, Version removal, Version write) {
        reporter.report(ConflictKind.REMOVE_LOST, place(), rule, List.of(removal, write), content);
    }

    /// A removal has left something.
    void removed(@Nullable Object rest, FieldRule rule) {
        lost(rule);
        long dot = Places.exists(rest) ? Places.unseen(rest, merge) : Container.NONE;
        boolean told =
                rule.kind() != FieldKind.IMMUTABLE
                        && Places.set(rest) == null
                        && dot != Container.NONE;
        if (told) {
            removeLost(rest, rule, written(), new Version(shown(rest), dot, hlcOf(rest, dot)));
        }
    }

    private static long hlcOf(@Nullable Object content, long dot) {
        for (Register register : Places.registers(content)) {
            if (register.dot == dot) {
                return register.hlc;
            }
        }
        return 0;
    }

    private Optional<JsonNode> shown(@Nullable Object content) {
        JsonNode shown = Places.show(content, FieldRule.DEFAULT, merge.actors());
        return Reporter.brief(shown, content instanceof TextNode);
    }

    /// A value is assigned to a place where something else is left that its writer had not seen.
    void assigned(Object rest, FieldRule rule, JsonNode value) {
        lost(rule);
        if (value == RedactedValue.INSTANCE || !Places.exists(rest)) {
            return;
        }
        FieldKind kind = ElementCount.kind(rule, value);
        assignedBesideValues(rest, rule, value, kind);
        for (Object part : Mixed.partsOf(rest)) {
            switch (part) {
                case MapNode map when kind == FieldKind.STRUCTURE -> members(map, value, rule);
                case ListNode list -> beside(rest, list, rule, value, kind == FieldKind.LIST);
                case TextNode text -> beside(rest, text, rule, value, kind == FieldKind.TEXT);
                case MapNode map -> beside(rest, map, rule, value, false);
                case SetNode set when kind == FieldKind.SET -> {}
                case SetNode set -> beside(rest, set, rule, value, false);
                case CounterNode counter -> counted(rest, counter, rule, value, kind);
                case Object other -> {}
            }
        }
    }

    private void assignedBesideValues(Object rest, FieldRule rule, JsonNode value, FieldKind kind) {
        boolean register = kind == FieldKind.REGISTER || kind == FieldKind.IMMUTABLE;
        List<Version> versions = new ArrayList<>();
        for (Register sibling : Places.registers(rest)) {
            boolean differs =
                    sibling.value != RedactedValue.INSTANCE
                            && (!register || !JsonValues.equal(sibling.value, value));
            if (differs) {
                versions.add(Reporter.version(sibling));
            }
        }
        if (!versions.isEmpty()) {
            versions.add(assignment(value));
            ConflictKind conflict =
                    switch (kind) {
                        case IMMUTABLE -> ConflictKind.IMMUTABLE;
                        case REGISTER -> ConflictKind.OVERWRITE;
                        case STRUCTURE, COUNTER, SET, LIST, CONVERSATION, TEXT -> ConflictKind.KIND;
                    };
            Object after =
                    register ? Places.withValue(rest, value, merge.dot(), merge.hlc()) : rest;
            reporter.report(conflict, place(), rule, versions, after);
        }
    }

    private Version assignment(JsonNode value) {
        return new Version(Reporter.brief(value, false), merge.dot(), merge.hlc());
    }

    /// Members that were written below while the object was assigned without them.
    private void members(MapNode map, JsonNode object, FieldRule rule) {
        for (int slot = 0; slot < map.used(); slot++) {
            Object content = map.get(slot);
            long dot = Places.exists(content) ? Places.unseen(content, merge) : Container.NONE;
            boolean told =
                    dot != Container.NONE
                            && !object.has(map.key(slot))
                            && !isOfAssign(map, content);
            if (told) {
                enter(new Step.Key(map.key(slot)));
                reporter.report(
                        ConflictKind.OVERWRITE,
                        place(),
                        rule,
                        List.of(
                                new Version(Optional.empty(), merge.dot(), 0),
                                new Version(shown(content), dot, hlcOf(content, dot))),
                        content);
                leave();
            }
        }
    }

    private boolean isOfAssign(MapNode map, @Nullable Object content) {
        for (long presence : map.presenceDots()) {
            if (!merge.saw(presence) && Places.hasDot(content, presence)) {
                return true;
            }
        }
        return false;
    }

    private void beside(Object rest, Container part, FieldRule rule, JsonNode value, boolean same) {
        if (!part.exists()) {
            return;
        }
        long assigned = part.unseenPresence(merge);
        long dot = assigned != Container.NONE ? assigned : part.unseen(merge);
        Version other = new Version(shown(part), dot, 0);
        if (assigned == Container.NONE && same) {
            removeLost(rest, rule, new Version(Optional.empty(), merge.dot(), 0), other);
            return;
        }
        boolean text = part instanceof TextNode && same;
        Version own = new Version(Reporter.brief(value, text), merge.dot(), merge.hlc());
        reporter.report(
                assigned != Container.NONE && !same ? ConflictKind.KIND : ConflictKind.OVERWRITE,
                place(),
                rule,
                List.of(own, other),
                rest);
    }

    private void counted(
            Object rest, CounterNode counter, FieldRule rule, JsonNode value, FieldKind kind) {
        int assigned = counter.unseenAssign(merge);
        if (assigned >= 0) {
            reporter.report(
                    kind == FieldKind.COUNTER ? ConflictKind.OVERWRITE : ConflictKind.KIND,
                    place(),
                    rule,
                    List.of(
                            assignment(value),
                            new Version(
                                    Optional.of(CounterNode.number(counter.amount(assigned))),
                                    counter.dot(assigned),
                                    0)),
                    rest);
        } else if (kind != FieldKind.COUNTER) {
            reporter.report(
                    ConflictKind.OVERWRITE,
                    place(),
                    rule,
                    List.of(
                            assignment(value),
                            new Version(
                                    Optional.of(CounterNode.number(counter.sum())),
                                    counter.unseen(merge),
                                    0)),
                    rest);
        }
    }

    /// Elements are about to be deleted.
    void deleting(ListNode list, Op.Run run, FieldRule rule) {
        for (int offset = 0; offset < run.count(); offset++) {
            long dot = run.firstDot() + offset;
            merge.lose(list.get(dot));
        }
        lost(rule);
    }

    /// An element is about to be moved.
    void moving(ListNode list, Op.Move move, FieldRule rule) {
        long rival = list.elements().slotOf(move.element());
        if (rival != 0 && !merge.saw(rival)) {
            reporter.report(
                    ConflictKind.MOVE,
                    place(),
                    rule,
                    List.of(written(), new Version(Optional.empty(), rival, 0)),
                    null);
        }
    }

    /// Turns were added to a conversation.
    void added(
            ListNode list, FieldRule rule, long firstDot, long leftOrigin, List<Object> contents) {
        long dot = firstDot;
        boolean repeats = false;
        for (Object content : contents) {
            Optional<String> key = ListNode.keyOf(content);
            repeats |= key.isPresent() && repeated(list, rule, key.get(), dot);
            dot++;
        }
        if (repeats) {
            return;
        }
        long rival = rival(list, firstDot, leftOrigin, contents.size());
        if (rival != 0) {
            reporter.report(
                    ConflictKind.BRANCH,
                    place(),
                    rule,
                    List.of(
                            new Version(Optional.empty(), firstDot, merge.hlc()),
                            new Version(Optional.empty(), rival, 0)),
                    null);
        }
    }

    private boolean repeated(ListNode list, FieldRule rule, String key, long dot) {
        long first = list.turn(key);
        boolean repeats = first != 0 && first != dot && !merge.saw(first);
        if (repeats) {
            Optional<JsonNode> named = Optional.of(StringNode.valueOf(key));
            reporter.report(
                    ConflictKind.DUPLICATE_TURN,
                    place(),
                    rule,
                    List.of(new Version(named, dot, merge.hlc()), new Version(named, first, 0)),
                    null);
        }
        list.addTurn(key, dot);
        return repeats;
    }

    /// The first element of another run after the same element, unknown to the writer; or 0.
    private long rival(ListNode list, long firstDot, long leftOrigin, int count) {
        int size = list.elements().size();
        int at = list.elements().indexOf(firstDot);
        int before = leftOrigin == 0 ? -1 : list.elements().indexOf(leftOrigin);
        if (at < 0 || leftOrigin != 0 && before < 0) {
            return 0;
        }
        int other = at == before + 1 ? at + count : before + 1;
        if (other >= size) {
            return 0;
        }
        long dot = list.elements().dotAt(other);
        return !merge.saw(dot) && list.elements().leftOf(dot) == leftOrigin ? dot : 0;
    }

    /// Whether values stand here that the writer did not know.
    boolean isWatching(@Nullable Object content) {
        return content != null
                && !(content instanceof MapNode)
                && !unseenRegisters(content).isEmpty();
    }

    /// An insert or a move whose neighbours are not here has no effect.
    void unplaceable(FieldRule rule, Problem problem) {
        reporter.report(
                ConflictKind.DELETED_ELEMENT,
                place(),
                rule,
                List.of(
                        written(),
                        new Version(
                                Optional.of(StringNode.valueOf(problem.message())),
                                merge.dot(),
                                0)),
                null);
    }
}
