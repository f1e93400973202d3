package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Classification;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.JsonValues;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Two regions that start from the same document and write at the same time; then each gets what
/// the other wrote. What comes out must be the same at both, and so must the conflicts be.
final class TwoRegions {
    static final FieldRule RULE =
            object(
                    Map.ofEntries(
                            Map.entry("counter", rule(FieldKind.COUNTER)),
                            Map.entry("set", rule(FieldKind.SET)),
                            Map.entry("list", rule(FieldKind.LIST)),
                            Map.entry("turns", rule(FieldKind.CONVERSATION)),
                            Map.entry("text", rule(FieldKind.TEXT)),
                            Map.entry("once", rule(FieldKind.IMMUTABLE)),
                            Map.entry("register", rule(FieldKind.REGISTER))));

    final ActorTable actors = new ActorTable();
    final Region east = new Region(actors, "aws/us-east-1", RULE);
    final Region west = new Region(actors, "gcp/europe-west4", RULE);

    static FieldRule rule(FieldKind kind) {
        return new FieldRule(kind, FieldRule.LAST_WRITER_WINS, Classification.INTERNAL, Map.of());
    }

    static FieldRule object(Map<String, FieldRule> members) {
        return new FieldRule(
                FieldKind.STRUCTURE, FieldRule.LAST_WRITER_WINS, Classification.INTERNAL, members);
    }

    /// @param state the document that both start from, with apostrophes for quotes
    TwoRegions(String state) {
        if (!state.isEmpty()) {
            west.receive(east.write(Region.quoted(state)));
        }
    }

    /// `e` is written in the east, `f` in the west, and they meet.
    TwoRegions meet(Function<Region, Event> e, Function<Region, Event> f) {
        Event eastern = e.apply(east);
        Event western = f.apply(west);
        west.receive(eastern);
        east.receive(western);
        return this;
    }

    TwoRegions meet(String e, String f) {
        return meet(patch(e), patch(f));
    }

    static Function<Region, Event> patch(String operations) {
        return region -> region.patch(operations.replace('\'', '"'));
    }

    TwoRegions shows(String expected) {
        for (Region region : List.of(east, west)) {
            assertEquals(
                    true,
                    JsonValues.equal(Region.quoted(expected), region.view()),
                    () -> "expected " + expected + " but " + region.text());
        }
        assertEquals(east.document.digest(), west.document.digest(), "digests");
        return this;
    }

    /// One of two outcomes, the same at both.
    TwoRegions showsEither(String one, String other) {
        boolean first = JsonValues.equal(Region.quoted(one), east.view());
        return shows(first ? one : other);
    }

    TwoRegions reports(ConflictKind... kinds) {
        for (Region region : List.of(east, west)) {
            assertEquals(
                    List.of(kinds),
                    region.conflicts.stream().map(Conflict::kind).toList(),
                    region.conflicts::toString);
        }
        return this;
    }

    /// The values that the writes of the only conflict wrote, the eastern one first.
    TwoRegions reportsValues(String... values) {
        for (Region region : List.of(east, west)) {
            assertEquals(
                    List.of(values),
                    region.conflicts.getFirst().versions().stream()
                            .map(version -> version.value().map(Object::toString).orElse("-"))
                            .map(value -> value.replace('"', '\''))
                            .toList());
        }
        return this;
    }

    /// What is open, by kind and pointer.
    TwoRegions leavesOpen(String... conflicts) {
        for (Region region : List.of(east, west)) {
            assertEquals(
                    List.of(conflicts),
                    region.document.conflicts(RULE, actors).stream()
                            .map(conflict -> conflict.kind() + " " + conflict.pointer())
                            .toList());
        }
        return this;
    }
}
