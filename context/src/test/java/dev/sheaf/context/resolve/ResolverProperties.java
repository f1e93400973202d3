package dev.sheaf.context.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.json.JsonValues;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Resolvers are functions of sets. Seeds are printed by the test engine.
final class ResolverProperties {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> VALUES =
            List.of(
                    "1",
                    "1.0",
                    "1e0",
                    "2",
                    "-0.0",
                    "0",
                    "10000000000000000000001",
                    "1e22",
                    "null",
                    "true",
                    "\"a\"",
                    "\"\"",
                    "\"bb\"",
                    "[]",
                    "[1,2]",
                    "[1.0,\"x\"]",
                    "[[1],{}]",
                    "{}",
                    "{\"a\":1}",
                    "{\"a\":1.0}");

    @Provide
    Arbitrary<Resolver> resolvers() {
        return Arbitraries.of(
                        "lww",
                        "first",
                        "max",
                        "min",
                        "union",
                        "longest",
                        "escalate:q",
                        "prefer:aws/a")
                .map(Resolver::parse);
    }

    /// As they can occur: one value for each dot.
    @Provide
    Arbitrary<List<Sibling>> siblings() {
        Arbitrary<Sibling> one =
                Combinators.combine(
                                Arbitraries.of(VALUES),
                                Arbitraries.integers().between(0, 3),
                                Arbitraries.longs().between(1, 4),
                                Arbitraries.longs().between(1, 3))
                        .as((value, actor, sequence, hlc) ->
                                new Sibling(JSON.readTree(value), Dot.of(actor, sequence), hlc));
        return one.list().ofMinSize(1).ofMaxSize(6).uniqueElements(Sibling::dot);
    }

    private static ActorTable table(boolean reversed) {
        List<String> names = new ArrayList<>(List.of("aws/a#1", "aws/b#1", "azure/a#1", "gcp/a#2"));
        if (reversed) {
            Collections.reverse(names);
        }
        ActorTable table = new ActorTable();
        names.forEach(name -> table.indexOf(ActorId.parse(name)));
        return table;
    }

    @Property(tries = 3000)
    void theOrderOfTheSiblingsDoesNotMatter(
            @ForAll("resolvers") Resolver resolver,
            @ForAll("siblings") List<Sibling> siblings,
            @ForAll long seed) {
        List<Sibling> shuffled = new ArrayList<>(siblings);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(
                resolver.choose(siblings, table(false)), resolver.choose(shuffled, table(false)));
    }

    @Property(tries = 3000)
    void namingASiblingTwiceDoesNotMatter(
            @ForAll("resolvers") Resolver resolver, @ForAll("siblings") List<Sibling> siblings) {
        List<Sibling> doubled = new ArrayList<>(siblings);
        doubled.addAll(siblings);
        assertEquals(
                resolver.choose(siblings, table(false)), resolver.choose(doubled, table(false)));
    }

    @Property(tries = 3000)
    void theNumbersOfActorsDoNotMatter(
            @ForAll("resolvers") Resolver resolver, @ForAll("siblings") List<Sibling> siblings) {
        List<Sibling> renumbered =
                siblings.stream()
                        .map(sibling ->
                                new Sibling(
                                        sibling.value(),
                                        Dot.of(
                                                3 - Dot.actor(sibling.dot()),
                                                Dot.sequence(sibling.dot())),
                                        sibling.hlc()))
                        .toList();
        JsonNode one = resolver.choose(siblings, table(false)).value();
        JsonNode other = resolver.choose(renumbered, table(true)).value();
        assertEquals(one, other);
    }

    @Property(tries = 2000)
    void theChoiceIsOneOfTheSiblingsOrMadeOfThem(
            @ForAll("resolvers") Resolver resolver, @ForAll("siblings") List<Sibling> siblings) {
        Choice choice = resolver.choose(siblings, table(false));
        assertEquals(true, siblings.contains(choice.winner()));
        boolean given =
                siblings.stream().anyMatch(each -> JsonValues.equal(each.value(), choice.value()));
        assertEquals(true, given || resolver instanceof Resolver.Union && choice.value().isArray());
    }
}
