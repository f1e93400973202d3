package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Classification;
import dev.sheaf.context.Event;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.json.CanonicalText;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.reference.ReferenceMerge;
import dev.sheaf.context.reference.ReferenceState;
import dev.sheaf.context.reference.ReferenceView;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A random history of several regions: writes of all kinds, deliveries in any causal order,
/// duplicates, stripping by cuts that each region could know of, trips through bytes. Beside each
/// document runs the reference; the two are compared after each step.
final class History {
    private static final List<String> NAMES =
            List.of(
                    "aws/us-east-1",
                    "gcp/europe-west4",
                    "azure/westus",
                    "aws/eu-west-1",
                    "gcp/asia-east1");
    private static final List<String> VALUES =
            List.of(
                    "1",
                    "2",
                    "1.0",
                    "true",
                    "null",
                    "\"x\"",
                    "\"long text\"",
                    "{}",
                    "[]",
                    "{\"k\":1}",
                    "{\"k\":{\"m\":2},\"n\":3}",
                    "[1,[2,3],{\"k\":[4]}]",
                    "[\"a\",\"b\"]",
                    "{\"list\":[1,2],\"text\":\"ab\",\"counter\":5}");

    static final FieldRule RULE = rule(2);

    private static FieldRule rule(int depth) {
        Map<String, FieldRule> members = new HashMap<>();
        for (FieldKind kind : FieldKind.values()) {
            members.put(name(kind), leaf(kind));
        }
        members.put(
                "max", new FieldRule(FieldKind.REGISTER, "max", Classification.INTERNAL, Map.of()));
        members.put(
                "union",
                new FieldRule(FieldKind.REGISTER, "union", Classification.INTERNAL, Map.of()));
        if (depth > 0) {
            members.put("inner", rule(depth - 1));
            members.put(
                    "turns",
                    new FieldRule(
                            FieldKind.CONVERSATION,
                            FieldRule.LAST_WRITER_WINS,
                            Classification.INTERNAL,
                            Map.of("*", rule(depth - 1))));
        }
        return new FieldRule(
                FieldKind.STRUCTURE, FieldRule.LAST_WRITER_WINS, Classification.INTERNAL, members);
    }

    private static String name(FieldKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static FieldRule leaf(FieldKind kind) {
        return new FieldRule(kind, FieldRule.LAST_WRITER_WINS, Classification.INTERNAL, Map.of());
    }

    final long seed;
    final Random random;
    final ActorTable actors = new ActorTable();
    final List<Region> regions = new ArrayList<>();
    final List<ReferenceState> references = new ArrayList<>();
    final List<Event> events = new ArrayList<>();

    private final Map<Event, VersionVector> strippedAtWrite = new HashMap<>();
    private final List<VersionVector> stripped = new ArrayList<>();
    private final List<VersionVector[]> known = new ArrayList<>();
    private final List<VersionVector[]> knownStripped = new ArrayList<>();
    boolean strips = true;
    boolean erases = true;

    History(long seed) {
        this.seed = seed;
        random = new Random(seed);
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        int count = 2 + random.nextInt(4);
        for (int index = 0; index < count; index++) {
            regions.add(new Region(actors, names.get(index), RULE));
            references.add(ReferenceState.EMPTY);
            stripped.add(VersionVector.EMPTY);
            known.add(empty(count));
            knownStripped.add(empty(count));
        }
    }

    private static VersionVector[] empty(int count) {
        VersionVector[] vectors = new VersionVector[count];
        java.util.Arrays.fill(vectors, VersionVector.EMPTY);
        return vectors;
    }

    History run(int steps) {
        for (int step = 0; step < steps; step++) {
            int at = random.nextInt(regions.size());
            int what = random.nextInt(100);
            if (what < 50) {
                write(at);
            } else if (what < 85) {
                deliver(at);
            } else if (what < 90 && !events.isEmpty()) {
                receive(at, events.get(random.nextInt(events.size())), true);
            } else if (what < 95) {
                strip(at);
            } else {
                throughBytes(at);
            }
            check(at);
        }
        return this;
    }

    /// Everybody gets everything.
    History settle() {
        for (int at = 0; at < regions.size(); at++) {
            while (deliver(at)) {
                check(at);
            }
        }
        Region first = regions.getFirst();
        for (Region region : regions) {
            assertEquals(first.vector, region.vector, this::toString);
            assertEquals(text(first.view()), text(region.view()), this::toString);
            assertEquals(first.document.digest(), region.document.digest(), this::toString);
        }
        return this;
    }

    static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : CanonicalText.of(value);
    }

    void check(int at) {
        Region region = regions.get(at);
        String expected =
                ReferenceView.of(references.get(at), RULE, actors)
                        .map(CanonicalText::of)
                        .orElse("nothing");
        assertEquals(expected, text(region.view()), () -> "region " + at + " of " + this);
    }

    private void write(int at) {
        Region region = regions.get(at);
        try {
            Event event = written(region);
            if (event != null) {
                events.add(event);
                strippedAtWrite.put(event, stripped.get(at));
                references.set(at, ReferenceMerge.apply(references.get(at), event, RULE));
            }
        } catch (Problem refused) {
            assertTrue(
                    refused.code() != dev.sheaf.kernel.ProblemCode.INTERNAL,
                    () -> refused + " in " + this);
        }
    }

    private @org.jspecify.annotations.Nullable Event written(Region region) {
        int what = random.nextInt(100);
        if (what < 2 && erases) {
            return region.write(List.of(new Op.Erase()), 1);
        }
        if (what < 10) {
            return rawOp(region);
        }
        if (what < 15) {
            return region.state(randomObject());
        }
        int count = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
        List<String> operations = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            operations.add(operation(region));
        }
        return region.patch("[" + String.join(",", operations) + "]");
    }

    /// What an honest resolver would not write, but a peer may.
    private Event rawOp(Region region) {
        List<Step> path = List.of(new Step.Key(pick(List.copyOf(RULE.members().keySet()))));
        Op op =
                random.nextBoolean()
                        ? new Op.Remove(path)
                        : new Op.Assign(path, Region.json(pick(List.of("7", "true", "{}"))), 0);
        return region.write(List.of(op), 1);
    }

    private String randomObject() {
        List<String> members = new ArrayList<>();
        List<String> names = new ArrayList<>(RULE.members().keySet());
        Collections.sort(names);
        Collections.shuffle(names, random);
        for (String name : names.subList(0, 3)) {
            members.add("\"" + name + "\":" + fitting(name));
        }
        return "{" + String.join(",", members) + "}";
    }

    private String fitting(String name) {
        return switch (name) {
            case "counter" -> Integer.toString(random.nextInt(10));
            case "text" -> pick(List.of("\"abc\"", "\"axc\"", "\"\"", "\"z😀y\""));
            case "set", "list", "conversation", "turns" ->
                    pick(
                            List.of(
                                    "[]",
                                    "[1,2]",
                                    "[\"a\",{\"k\":1},[3]]",
                                    "[{\"idempotencyKey\":\"k1\",\"list\":[1]},{\"idempotencyKey\":\"k2\"}]"));
            default -> pick(VALUES);
        };
    }

    private String operation(Region region) {
        List<String> pointers = new ArrayList<>(List.of(""));
        collect(region.view(), "", pointers);
        String at = pick(pointers);
        String below =
                JsonPointers.append(
                        at,
                        random.nextInt(3) == 0
                                ? pick(List.of("-", "0", "1"))
                                : pick(sorted(RULE.members().keySet())));
        String value = fitting(below.substring(below.lastIndexOf('/') + 1));
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> op("add", below, value);
            case 3 -> op("replace", at, fitting(at.substring(at.lastIndexOf('/') + 1)));
            case 4 ->
                    at.isEmpty()
                            ? op("add", below, value)
                            : "{\"op\":\"remove\",\"path\":\"" + at + "\"}";
            case 5 -> op("increment", random.nextBoolean() ? "/counter" : below, "3");
            case 6, 7 ->
                    op(
                            "append",
                            pick(List.of(at, below, "/list", "/turns", "/set", "/text")),
                            pick(
                                    List.of(
                                            "\"q\"",
                                            "1",
                                            "{\"idempotencyKey\":\"k1\"}",
                                            "{\"text\":\"t\",\"list\":[1]}")));
            case 8 ->
                    "{\"op\":\"move\",\"from\":\""
                            + at
                            + "\",\"path\":\""
                            + pick(List.of(pick(pointers), below))
                            + "\"}";
            default -> "{\"op\":\"copy\",\"from\":\"" + at + "\",\"path\":\"" + below + "\"}";
        };
    }

    private static List<String> sorted(java.util.Collection<String> names) {
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }

    private static String op(String op, String path, String value) {
        return "{\"op\":\"" + op + "\",\"path\":\"" + path + "\",\"value\":" + value + "}";
    }

    private static void collect(JsonNode value, String pointer, List<String> pointers) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String below = JsonPointers.append(pointer, member.getKey());
                pointers.add(below);
                collect(member.getValue(), below, pointers);
            }
        } else if (value.isArray()) {
            for (int index = 0; index < value.size(); index++) {
                pointers.add(pointer + "/" + index);
                collect(value.get(index), pointer + "/" + index, pointers);
            }
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// @return whether there was something to deliver
    private boolean deliver(int at) {
        Region region = regions.get(at);
        List<Event> ready = new ArrayList<>();
        for (Event event : events) {
            if (region.isReady(event)) {
                ready.add(event);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        receive(at, pick(ready), false);
        return true;
    }

    private void receive(int at, Event event, boolean again) {
        Region region = regions.get(at);
        boolean known = event.lastSequence() <= region.vector.get(event.actor());
        if (again && !known) {
            return;
        }
        region.receive(event);
        if (!known) {
            references.set(at, ReferenceMerge.apply(references.get(at), event, RULE));
            learn(
                    at,
                    event.actor(),
                    event.context(),
                    strippedAtWrite.getOrDefault(event, VersionVector.EMPTY));
        }
    }

    private void learn(int at, int from, VersionVector vector, VersionVector cut) {
        known.get(at)[from] = known.get(at)[from].max(vector);
        knownStripped.get(at)[from] = knownStripped.get(at)[from].max(cut);
    }

    /// By what this region has heard of the others. It hears of another's present state only when
    /// it has all of that one's events.
    private void strip(int at) {
        if (!strips) {
            return;
        }
        Region region = regions.get(at);
        VersionVector stable = region.vector;
        VersionVector agreed = stripped.get(at);
        for (int other = 0; other < regions.size(); other++) {
            Region peer = regions.get(other);
            if (region.vector.get(peer.actor) == peer.vector.get(peer.actor)) {
                learn(at, other, peer.vector, stripped.get(other));
            }
            if (other != at) {
                stable = stable.min(known.get(at)[other]);
                agreed = agreed.min(knownStripped.get(at)[other]);
            }
        }
        stripped.set(at, stripped.get(at).max(stable));
        long digest = region.document.digest();
        region.document.strip(stable, agreed);
        assertEquals(digest, region.document.digest(), () -> "stripped at " + at + " of " + this);
    }

    VersionVector cut(int at) {
        return stripped.get(at);
    }

    Document copy(int at) {
        byte[] bytes = DocumentCodec.encode(regions.get(at).document, actor -> actor);
        return DocumentCodec.decode(bytes, actors, number -> number);
    }

    private void throughBytes(int at) {
        Region region = regions.get(at);
        byte[] bytes = DocumentCodec.encode(region.document, actor -> actor + 7);
        long digest = region.document.digest();
        region.document = DocumentCodec.decode(bytes, actors, number -> number - 7);
        assertEquals(digest, region.document.digest(), () -> "bytes at " + at + " of " + this);
        assertEquals(
                bytes.length,
                DocumentCodec.encode(region.document, actor -> actor + 7).length,
                this::toString);
    }

    @Override
    public String toString() {
        return "the history of seed " + seed;
    }
}
