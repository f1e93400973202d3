package dev.sheaf.context.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What goes up comes down. Seeds are printed by the test engine.
final class TranslationProperties {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> SCALARS =
            List.of(
                    "null",
                    "true",
                    "1",
                    "1.5",
                    "-7",
                    "1e30",
                    "\"a\"",
                    "\"b\"",
                    "\"x\"",
                    "\"12\"",
                    "\"1.50\"",
                    "\"true\"",
                    "\"\"");

    /// Documents over few names, so that steps meet them.
    @Provide
    Arbitrary<JsonNode> documents() {
        return document(3).map(node -> node);
    }

    private static Arbitrary<ObjectNode> document(int depth) {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d");
        return Arbitraries.maps(names, value(depth - 1))
                .ofMaxSize(4)
                .map(members -> {
                    ObjectNode object = NODES.objectNode();
                    members.forEach(object::set);
                    return object;
                });
    }

    private static Arbitrary<JsonNode> value(int depth) {
        Arbitrary<JsonNode> scalars = Arbitraries.of(SCALARS).map(JsonMapper.shared()::readTree);
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> objects = document(depth).map(node -> node);
        Arbitrary<JsonNode> arrays =
                value(depth - 1)
                        .list()
                        .ofMaxSize(3)
                        .map(elements -> {
                            ArrayNode array = NODES.arrayNode();
                            return array.addAll(elements);
                        });
        return Arbitraries.oneOf(scalars, objects, arrays);
    }

    /// Steps that lose nothing; defaults add a name that no document has.
    @Provide
    Arbitrary<List<TranslationStep>> exactSteps() {
        Arbitrary<String> parents = Arbitraries.of("", "", "/a", "/b", "/*", "/a/*", "/*/*");
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<TranslationStep> step =
                Combinators.combine(
                                parents,
                                names,
                                Arbitraries.of("a", "b", "x", "y"),
                                Arbitraries.integers().between(0, 7))
                        .as((parent, name, other, kind) ->
                                step(parent + "/" + name, name.equals(other) ? "z" : other, kind));
        return step.list().ofMinSize(1).ofMaxSize(4);
    }

    private static TranslationStep step(String path, String name, int kind) {
        return switch (kind) {
            case 0 -> new TranslationStep.Rename(TranslationTest.at(path), name);
            case 1 ->
                    new TranslationStep.Default(
                            TranslationTest.at(path + "New"), NODES.stringNode("new"));
            case 2 ->
                    new TranslationStep.Replace(
                            TranslationTest.at(path),
                            Map.of("a", "b", "b", "c"),
                            Optional.empty(),
                            false);
            case 3 -> new TranslationStep.Wrap(TranslationTest.at(path));
            case 4 -> new TranslationStep.Unwrap(TranslationTest.at(path), false);
            case 5 ->
                    convert(
                            path,
                            TranslationStep.ScalarType.STRING,
                            TranslationStep.ScalarType.NUMBER);
            case 6 ->
                    convert(
                            path,
                            TranslationStep.ScalarType.NUMBER,
                            TranslationStep.ScalarType.STRING);
            default ->
                    convert(
                            path,
                            TranslationStep.ScalarType.BOOLEAN,
                            TranslationStep.ScalarType.STRING);
        };
    }

    private static TranslationStep convert(
            String path, TranslationStep.ScalarType from, TranslationStep.ScalarType to) {
        return new TranslationStep.Convert(TranslationTest.at(path), from, to, false);
    }

    private static Translation inverse(Translation up) {
        List<TranslationStep> steps = new ArrayList<>();
        for (TranslationStep step : up.steps()) {
            steps.addFirst(step.inverse().orElseThrow());
        }
        return new Translation(steps);
    }

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    void downAfterUpGivesBackTheDocument(
            @ForAll("documents") JsonNode document,
            @ForAll("exactSteps") List<TranslationStep> steps) {
        Translation up = new Translation(steps);
        String before = document.toString();
        Optional<JsonNode> translated = tried(() -> up.document(document));
        Statistics.label("translated").collect(translated.isPresent());
        assertEquals(before, document.toString(), "the given document is not changed");
        translated.ifPresent(there -> {
            JsonNode back = inverse(up).document(there);
            assertTrue(
                    JsonValues.equal(document, back),
                    () -> before + " became " + there + " and " + back);
        });
    }

    /// Replacing a place in the old version and translating is translating and replacing there.
    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
    void anOperationAndItsTranslationDoTheSame(
            @ForAll("documents") JsonNode document,
            @ForAll("documents") JsonNode values,
            @ForAll("exactSteps") List<TranslationStep> steps) {
        Translation up = new Translation(steps);
        JsonNode value = values.isEmpty() ? values : values.iterator().next();
        for (String pointer : List.of("/a", "/b", "/a/b", "/c")) {
            JsonNode old = document.deepCopy();
            boolean written = put(old, pointer, value);
            Optional<JsonNode> after = written ? tried(() -> up.document(old)) : Optional.empty();
            Optional<JsonNode> there = tried(() -> up.document(document));
            Optional<Optional<PatchOperation>> operation =
                    tried(() ->
                            up.operation(
                                    new PatchOperation(
                                            PatchOperation.Kind.ADD,
                                            pointer,
                                            Optional.empty(),
                                            Optional.of(value))));
            if (after.isEmpty() || there.isEmpty() || operation.isEmpty()) {
                continue;
            }
            PatchOperation translated = operation.get().orElseThrow();
            JsonNode copy = there.get().deepCopy();
            boolean possible = put(copy, translated.path(), translated.value().orElseThrow());
            Statistics.label("compared").collect(true);
            assertTrue(
                    possible,
                    () -> document + " " + pointer + " " + steps + " became " + translated);
            assertTrue(
                    JsonValues.equal(after.get(), copy),
                    () ->
                            document
                                    + " with "
                                    + value
                                    + " at "
                                    + pointer
                                    + " by "
                                    + steps
                                    + ": "
                                    + after.get()
                                    + " but "
                                    + copy);
        }
    }

    private static <T> Optional<T> tried(java.util.function.Supplier<T> translation) {
        try {
            return Optional.of(translation.get());
        } catch (Problem refused) {
            return Optional.empty();
        }
    }

    private static boolean put(JsonNode document, String pointer, JsonNode value) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = document.at(pointer.substring(0, slash));
        if (parent instanceof ObjectNode object) {
            object.set(pointer.substring(slash + 1), value);
            return true;
        }
        return false;
    }
}
