package dev.sheaf.context.document;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.sequence.ValueSequence;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a region gets of events and documents when it may not see all fields: [RedactedValue] in
/// place of what is hidden, with the dots of what it stands for. Of a hidden place it learns that
/// something was written there, when and by whom; not how, nor how much, nor the names of members
/// that the type does not declare. It does learn how many list elements an event made in all, as
/// the numbers of a stream have no holes.
///
/// Source: `spec/context.md`, section 3.5. One owner, one thread.
public final class Redactor {
    /// What stands for all members whose names are hidden.
    static final String HIDDEN_KEY = "*";

    private final FieldRule root;
    private final Visibility visibility;

    /// @param visible whether the region may see a place of this rule, those below it apart
    public Redactor(FieldRule root, Predicate<FieldRule> visible) {
        this.root = root;
        this.visibility = new Visibility(visible);
    }

    /// Whether the region sees all fields; then it gets everything as it is.
    public boolean seesAll() {
        return visibility.isWhole(root);
    }

    /// The event as the region gets it: the same numbers, other operations where something is
    /// hidden.
    public Event redact(Event event) {
        if (seesAll()) {
            return event;
        }
        EventRedaction redaction = new EventRedaction(root, visibility);
        for (Op op : event.ops()) {
            redaction.add(op, event.dot());
        }
        return new Event(
                event.eventId(),
                event.kind(),
                event.type(),
                event.documentId(),
                event.schemaVersion(),
                event.actor(),
                event.sequence(),
                event.width(),
                event.hlc(),
                event.context(),
                event.lane(),
                event.author(),
                event.ttlSeconds(),
                event.compactionKey(),
                redaction.ops());
    }

    /// The document as the region gets it, a new one; the given one is not changed.
    public Document redact(Document document) {
        return Document.of(
                content(document.root(), root),
                document.fences(),
                seesAll() ? document.removals() : Removals.none(),
                document.life());
    }

    private @Nullable Object content(@Nullable Object content, FieldRule rule) {
        if (content == null) {
            return null;
        }
        boolean list = Places.list(content) != null;
        if (list ? visibility.isListHidden(rule) : visibility.isHidden(rule)) {
            return marks(content);
        }
        List<Object> parts = new ArrayList<>();
        for (Object part : Mixed.partsOf(content)) {
            parts.add(
                    switch (part) {
                        case MapNode map -> map(map, rule);
                        case ListNode elements -> list(elements, rule);
                        case Node node -> node.copy();
                        case Object value -> value;
                    });
        }
        return Mixed.ofParts(parts);
    }

    private MapNode map(MapNode map, FieldRule rule) {
        MapNode redacted = new MapNode(map.used());
        redacted.setPresence(map.presenceDots());
        for (int slot = 0; slot < map.used(); slot++) {
            Object member = map.get(slot);
            FieldRule memberRule = rule.member(map.key(slot));
            boolean nameless =
                    visibility.isHidden(memberRule) && !rule.members().containsKey(map.key(slot));
            Object hidden = content(member, memberRule);
            if (hidden != null) {
                int at = redacted.findOrAdd(nameless ? HIDDEN_KEY : map.key(slot));
                Object there = redacted.get(at);
                redacted.set(at, there == null ? hidden : marks(there, hidden));
            }
        }
        return redacted;
    }

    private ListNode list(ListNode list, FieldRule rule) {
        ValueSequence<Object> elements = list.elements().copy();
        list.elements()
                .forEach((dot, content) -> {
                    Object redacted = content(content, rule.element());
                    if (redacted != null) {
                        elements.replace(dot, redacted);
                    }
                });
        ListNode redacted = new ListNode(elements);
        redacted.setPresence(list.presenceDots());
        return redacted;
    }

    /// What stands for content that exists: a mark for each writer's last dot.
    private static @Nullable Object marks(Object... contents) {
        Map<Integer, Long> lasts = new TreeMap<>();
        boolean stable = false;
        for (Object content : contents) {
            if (content instanceof Node node) {
                if (node.exists()) {
                    stable = true;
                    node.eachDot(dot -> {
                        if (dot != Dot.STABLE) {
                            lasts.merge(Dot.actor(dot), dot, Math::max);
                        }
                    });
                }
            } else {
                stable = true;
            }
        }
        if (lasts.isEmpty()) {
            return stable ? RedactedValue.INSTANCE : null;
        }
        List<Register> marks = new ArrayList<>();
        lasts.values().forEach(dot -> marks.add(new Register(RedactedValue.INSTANCE, dot, 0)));
        return Siblings.of(marks);
    }

    /// The way to a place, one step longer.
    static List<Step> with(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(step);
        return longer;
    }
}
