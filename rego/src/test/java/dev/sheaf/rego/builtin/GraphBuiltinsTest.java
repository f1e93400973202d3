package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.callOrUndefined;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/// [GraphBuiltins], [UuidBuiltins] and [ProcessBuiltins].
class GraphBuiltinsTest {
    @Test
    void reachesVerticesOfTheGraphOnly() {
        assertEquals(
                "{\"a\", \"b\"}",
                text(
                        "graph.reachable",
                        json("{\"a\": [\"b\", \"gone\"], \"b\": [\"a\"], \"c\": []}"),
                        set("a", "gone")));
        assertEquals("set()", text("graph.reachable", json("{}"), set("a")));
    }

    @Test
    void findsPaths() {
        assertEquals(
                "{[\"a\", \"b\", \"c\"], [\"a\", \"c\"]}",
                text(
                        "graph.reachable_paths",
                        json("{\"a\": [\"b\", \"c\"], \"b\": [\"c\"], \"c\": []}"),
                        set("a")));
        assertEquals(
                "{[\"a\", \"b\"]}",
                text(
                        "graph.reachable_paths",
                        json("{\"a\": [\"b\"], \"b\": [\"a\"]}"),
                        json("[\"a\"]")));
        assertEquals("{[\"a\"]}", text("graph.reachable_paths", json("{\"a\": []}"), set("a")));
    }

    @Test
    void walksInOrder() {
        assertEquals(
                "[[[], {\"a\": [1]}], [[\"a\"], [1]], [[\"a\", 0], 1]]",
                text("walk", json("{\"a\": [1]}")));
        assertEquals("[[[], {{1}}], [[{1}], {1}], [[{1}, 1], 1]]", text("walk", set(set(1))));
        assertEquals("[[[], 1]]", text("walk", 1));
        assertTrue(Builtins.find("walk").orElseThrow().isRelation());
    }

    @Test
    void takesIdentifiersApart() {
        assertEquals(
                "{\"variant\": \"RFC4122\", \"version\": 4}",
                text("uuid.parse", "{00000000-0000-4000-8000-000000000000}"));
        assertEquals(
                "{\"clocksequence\": 12800, \"domain\": \"Person\", \"id\": 1000, \"macvariables\":"
                        + " \"local:unicast\", \"nodeid\": \"32-50-96-b3-9f-47\", \"time\":"
                        + " 1693566990121469600, \"variant\": \"RFC4122\", \"version\": 2}",
                text("uuid.parse", "urn:uuid:000003e8-48b9-21ee-b200-325096b39f47"));
        assertNull(callOrUndefined("uuid.parse", "00000000-0000-4000-8000-00000000000"));
        assertNull(callOrUndefined("uuid.parse", "00000000+0000-4000-8000-000000000000"));
    }

    @Test
    void givesTheSameIdentifierForTheSameKey() {
        Surroundings world = BuiltinCalls.surroundings(new StringBuilder());
        Builtin random = Builtins.find("uuid.rfc4122").orElseThrow();
        Value[] key = {StringValue.of("key")};
        Value[] other = {StringValue.of("other")};
        Value first = Objects.requireNonNull(random.call(key, world));
        assertEquals(first, random.call(key, world));
        assertNotEquals(first, random.call(other, world));
        assertEquals(json("{\"variant\": \"RFC4122\", \"version\": 4}"), call("uuid.parse", first));
    }

    @Test
    void notesWhatPoliciesTrace() {
        StringBuilder notes = new StringBuilder();
        Value[] line = {StringValue.of("seen")};
        Builtins.find("trace").orElseThrow().call(line, BuiltinCalls.surroundings(notes));
        assertEquals("seen", notes.toString());
        assertEquals("{}", text("opa.runtime"));
    }
}
