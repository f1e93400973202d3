package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.sequence.Origins;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One place of a document as readers find it: what is there and how it is named. Valid until the
/// document changes.
public final class Place {
    private final @Nullable Object content;
    private final FieldRule rule;
    private final ActorTable actors;
    private final @Nullable Place above;
    private final @Nullable Step step;

    private Place(
            @Nullable Object content,
            FieldRule rule,
            ActorTable actors,
            @Nullable Place above,
            @Nullable Step step) {
        this.content = content;
        this.rule = rule;
        this.actors = actors;
        this.above = above;
        this.step = step;
    }

    static Place of(Document document, FieldRule root, ActorTable actors) {
        return new Place(document.root(), root, actors, null, null);
    }

    public FieldRule rule() {
        return rule;
    }

    /// Its name, by keys and element dots.
    public List<Step> path() {
        List<Step> path = new ArrayList<>(4);
        for (Place place = this; place != null; place = place.above) {
            if (place.step != null) {
                path.addFirst(place.step);
            }
        }
        return List.copyOf(path);
    }

    public Shape shape() {
        if (!(content instanceof Mixed mixed)) {
            return content == null || !Places.exists(content) ? Shape.ABSENT : shape(content);
        }
        List<Object> existing = mixed.existing();
        return existing.isEmpty() ? Shape.ABSENT : shape(existing.getFirst());
    }

    private Shape shape(Object part) {
        return switch (part) {
            case MapNode map -> Shape.OBJECT;
            case ListNode list -> Shape.LIST;
            case TextNode text -> Shape.TEXT;
            case SetNode set -> Shape.SET;
            case CounterNode counter -> Shape.COUNTER;
            case Object values ->
                    Places.show(values, rule, actors) == null ? Shape.REDACTED : Shape.VALUE;
        };
    }

    public boolean exists() {
        return Places.exists(content);
    }

    public Optional<JsonNode> shown() {
        return Optional.ofNullable(Places.show(content, rule, actors));
    }

    /// Whether something here, or further down, may not be seen by this region.
    public boolean isPartlyRedacted() {
        return !RedactedPaths.of(content).isEmpty();
    }

    /// Whether a member or element of this name can be here, given what is; an index beyond the end
    /// cannot.
    Place walk(List<String> steps) {
        Place place = this;
        for (int index = 0; index < steps.size(); index++) {
            switch (place.shape()) {
                case OBJECT -> place = place.member(steps.get(index));
                case LIST -> {
                    int at = Indexes.parse(steps.get(index));
                    if (at < 0 || at >= place.size()) {
                        return place.nothing();
                    }
                    place = place.element(at);
                }
                case VALUE, SET -> {
                    return place.inside(steps.subList(index, steps.size()));
                }
                case TEXT, COUNTER, ABSENT, REDACTED -> {
                    return place.nothing();
                }
            }
        }
        return place;
    }

    private Place nothing() {
        return new Place(null, rule, actors, above, step);
    }

    private Place inside(List<String> steps) {
        JsonNode at = Places.show(content, rule, actors);
        for (String step : steps) {
            if (at == null) {
                return nothing();
            }
            int index = at.isArray() ? Indexes.parse(step) : 0;
            at = at.isArray() ? index < 0 ? null : at.get(index) : at.get(step);
        }
        return new Place(at, rule, actors, above, step);
    }

    /// A member of an object, there or not.
    public Place member(String name) {
        MapNode map = Places.map(content);
        int slot = map == null ? -1 : map.find(name);
        return member(name, map == null || slot < 0 ? null : map.get(slot));
    }

    /// The member of an [Shape#OBJECT] that exists, else null. Nothing else of the object is looked
    /// at.
    public @Nullable Place existingMember(String name) {
        if (!(content instanceof MapNode map)) {
            return null;
        }
        int slot = map.find(name);
        return slot >= 0 && Places.exists(map.raw(slot)) ? member(name, map.get(slot)) : null;
    }

    private Place member(String name, @Nullable Object held) {
        return new Place(held, rule.member(name), actors, this, new Step.Key(name));
    }

    /// The names of the members that exist.
    public List<String> memberNames() {
        List<String> names = new ArrayList<>();
        MapNode map = Places.map(content);
        for (int slot = 0; map != null && slot < map.used(); slot++) {
            if (Places.exists(map.raw(slot))) {
                names.add(map.key(slot));
            }
        }
        return names;
    }

    /// The elements of a list that are shown, or the code points of a text.
    public int size() {
        ListNode list = Places.list(content);
        if (list != null && list.exists()) {
            int[] indexes = shownIndexes(list);
            return indexes == null ? list.elements().size() : indexes.length;
        }
        TextNode text = Places.text(content);
        return text == null ? 0 : text.points().size();
    }

    /// Where some elements are not shown: where those stand that are.
    private int @Nullable [] shownIndexes(ListNode list) {
        boolean hides =
                rule.kind() == dev.sheaf.context.FieldKind.CONVERSATION && list.hasRepeatedTurns();
        if (!hides) {
            return null;
        }
        ListNode.Shown shown = new ListNode.Shown(rule);
        List<Object> values = list.elements().values();
        return java.util.stream.IntStream.range(0, values.size())
                .filter(index -> shown.of(values.get(index), actors) != null)
                .toArray();
    }

    private int inner(ListNode list, int index) {
        int[] indexes = shownIndexes(list);
        if (indexes == null) {
            return index;
        }
        return index < indexes.length ? indexes[index] : list.elements().size();
    }

    private ListNode list() {
        ListNode list = Places.list(content);
        if (list == null) {
            throw new IllegalStateException("no list");
        }
        return list;
    }

    /// An element of a list.
    ///
    /// @param index below [#size()]
    public Place element(int index) {
        ListNode list = list();
        long dot = list.elements().dotAt(inner(list, index));
        return new Place(list.get(dot), rule.element(), actors, this, new Step.Element(dot));
    }

    /// The dot of an element.
    public long dotAt(int index) {
        ListNode list = list();
        return list.elements().dotAt(inner(list, index));
    }

    /// Between which positions an element goes that is put before this index of a list or text; of
    /// none as long as there is none.
    ///
    /// @param index from 0 to [#size()]
    public Origins originsAt(int index) {
        ListNode list = Places.list(content);
        if (list != null) {
            return list.elements().originsAt(inner(list, index));
        }
        TextNode text = Places.text(content);
        return text == null ? new Origins(0, 0) : text.points().originsAt(index);
    }

    /// The dots of elements of a list or text.
    public List<Op.Run> runsAt(int index, int count) {
        TextNode text = Places.text(content);
        if (text != null) {
            return text.points().runsAt(index, count);
        }
        ListNode list = list();
        if (shownIndexes(list) == null) {
            return list.elements().runsAt(index, count);
        }
        List<Op.Run> runs = new ArrayList<>();
        for (int at = index; at < index + count; at++) {
            runs.addAll(list.elements().runsAt(inner(list, at), 1));
        }
        return runs;
    }

    /// Where regions answered one turn of a conversation at the same time: the branches that follow
    /// it, in the order of the list. Takes time in proportion to the list.
    public List<Branching> branchings() {
        ListNode list = Places.list(content);
        return list == null ? List.of() : Branching.of(list.elements());
    }

    /// The idempotency key of a turn as it is written.
    public static Optional<String> turnKey(JsonNode turn) {
        return ListNode.keyOf(turn);
    }

    /// Whether a conversation has a turn with this idempotency key.
    public boolean hasTurn(String key) {
        ListNode list = Places.list(content);
        return list != null && list.turn(key) != 0;
    }

    public boolean setContains(JsonNode value) {
        SetNode set = Places.set(content);
        return set != null && set.contains(value);
    }
}
