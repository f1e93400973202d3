package dev.sheaf.context.reference;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Step;
import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.resolve.Resolver;
import dev.sheaf.context.resolve.Sibling;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a state shows.
public final class ReferenceView {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String IDEMPOTENCY_KEY = "idempotencyKey";

    private final ReferenceState state;
    private final ActorTable actors;

    private ReferenceView(ReferenceState state, ActorTable actors) {
        this.state = state;
        this.actors = actors;
    }

    /// @param root the rule of the whole document
    /// @return empty when nothing is there
    public static Optional<JsonNode> of(ReferenceState state, FieldRule root, ActorTable actors) {
        return new ReferenceView(state, actors).show(List.of(), root);
    }

    private Optional<JsonNode> show(List<Step> place, FieldRule rule) {
        return map(place, rule)
                .or(() -> list(place, rule))
                .or(() -> set(place))
                .or(() -> text(place))
                .or(() -> counter(place))
                .or(() -> values(place, rule));
    }

    private boolean isPresent(List<Step> place, Entry.Kind kind) {
        return state.at(place).stream()
                .anyMatch(entry ->
                        entry instanceof Entry.Presence presence && presence.kind() == kind);
    }

    private Optional<JsonNode> map(List<Step> place, FieldRule rule) {
        Set<String> names = new TreeSet<>();
        for (List<Step> other : state.entries().keySet()) {
            boolean below = other.size() > place.size() && ReferenceState.startsWith(other, place);
            if (below && other.get(place.size()) instanceof Step.Key key) {
                names.add(key.name());
            }
        }
        if (names.isEmpty() && !isPresent(place, Entry.Kind.MAP)) {
            return Optional.empty();
        }
        ObjectNode object = JSON.objectNode();
        for (String name : names) {
            show(with(place, new Step.Key(name)), rule.member(name))
                    .ifPresent(value -> object.set(name, value));
        }
        return Optional.of(object);
    }

    private Optional<JsonNode> list(List<Step> place, FieldRule rule) {
        boolean any = state.at(place).stream().anyMatch(entry -> entry instanceof Entry.Element);
        if (!any && !isPresent(place, Entry.Kind.LIST)) {
            return Optional.empty();
        }
        ArrayNode array = JSON.arrayNode();
        Set<String> turns = new HashSet<>();
        for (long dot : order(place, false)) {
            JsonNode value = show(with(place, new Step.Element(dot)), rule.element()).orElseThrow();
            JsonNode key = value.path(IDEMPOTENCY_KEY);
            boolean repeated =
                    rule.kind() == FieldKind.CONVERSATION
                            && key.isString()
                            && !turns.add(key.stringValue());
            if (!repeated) {
                array.add(value);
            }
        }
        return Optional.of(array);
    }

    private Optional<JsonNode> text(List<Step> place) {
        TreeMap<Long, Integer> points = new TreeMap<>();
        for (Entry entry : state.at(place)) {
            if (entry instanceof Entry.Point point) {
                points.put(point.dot(), point.codePoint());
            }
        }
        if (points.isEmpty() && !isPresent(place, Entry.Kind.TEXT)) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (long dot : order(place, true)) {
            text.appendCodePoint(points.getOrDefault(dot, 0));
        }
        return Optional.of(StringNode.valueOf(text.toString()));
    }

    /// The dots of the living elements in order.
    private List<Long> order(List<Step> place, boolean text) {
        ReferenceSequence<Boolean> sequence = new ReferenceSequence<>(actors);
        Set<Long> known = new HashSet<>(Set.of(0L));
        List<ReferenceState.Position> waiting = new ArrayList<>();
        for (ReferenceState.Position position : state.positions().getOrDefault(place, Set.of())) {
            if (position.text() == text) {
                waiting.add(position);
            }
        }
        List<ReferenceState.Slot> slots = new ArrayList<>();
        for (ReferenceState.Slot slot : state.moves()) {
            if (!text && slot.list().equals(place)) {
                slots.add(slot);
            }
        }
        waiting.sort(Comparator.comparingLong(ReferenceState.Position::dot));
        boolean progress = true;
        while (progress) {
            progress = false;
            for (ReferenceState.Position next : List.copyOf(waiting)) {
                if (known.contains(next.left()) && known.contains(next.right())) {
                    sequence.insert(next.dot(), next.left(), next.right(), true);
                    known.add(next.dot());
                    waiting.remove(next);
                    progress = true;
                }
            }
            for (ReferenceState.Slot slot : List.copyOf(slots)) {
                boolean ready =
                        known.contains(slot.left())
                                && known.contains(slot.right())
                                && known.contains(slot.element());
                if (ready) {
                    sequence.move(
                            slot.dot(), slot.element(), slot.left(), slot.right(), slot.hlc());
                    known.add(slot.dot());
                    slots.remove(slot);
                    progress = true;
                }
            }
        }
        Set<Long> living = new HashSet<>();
        for (Entry entry : state.at(place)) {
            if (entry instanceof Entry.Element || entry instanceof Entry.Point) {
                living.add(entry.dot());
            }
        }
        for (long dot : sequence.dots()) {
            if (!living.contains(dot)) {
                sequence.delete(dot);
            }
        }
        return sequence.dots();
    }

    private Optional<JsonNode> set(List<Step> place) {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        for (Entry entry : state.at(place)) {
            if (entry instanceof Entry.Member member) {
                members.put(CanonicalText.of(member.value().value()), member.value().value());
            }
        }
        if (members.isEmpty() && !isPresent(place, Entry.Kind.SET)) {
            return Optional.empty();
        }
        return Optional.of(JSON.arrayNode().addAll(members.values()));
    }

    private Optional<JsonNode> counter(List<Step> place) {
        BigDecimal sum = BigDecimal.ZERO;
        boolean any = false;
        for (Entry entry : state.at(place)) {
            if (entry instanceof Entry.Amount amount) {
                sum = sum.add(amount.amount());
                any = true;
            }
        }
        return any ? Optional.of(JSON.numberNode(sum)) : Optional.empty();
    }

    private Optional<JsonNode> values(List<Step> place, FieldRule rule) {
        List<Sibling> siblings = new ArrayList<>();
        for (Entry entry : state.at(place)) {
            if (entry instanceof Entry.Value value) {
                siblings.add(new Sibling(value.value(), value.dot(), value.hlc()));
            }
        }
        if (siblings.isEmpty()) {
            return Optional.empty();
        }
        Resolver resolver =
                rule.kind() == FieldKind.IMMUTABLE
                        ? new Resolver.First()
                        : Resolver.parse(rule.resolver());
        return Optional.of(resolver.choose(siblings, actors).value());
    }

    private static List<Step> with(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
