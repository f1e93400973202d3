package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.callOrUndefined;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/// [ObjectBuiltins], [JsonPathBuiltins] and [JsonPatch].
class ObjectBuiltinsTest {
    @Test
    void getsByKeyOrByPath() {
        assertEquals(
                "1",
                text("object.get", json("{\"a\": [{\"b\": 1}]}"), json("[\"a\", 0, \"b\"]"), 9));
        assertEquals("9", text("object.get", json("{\"a\": 1}"), json("[\"a\", \"b\"]"), 9));
        assertEquals("{\"a\": 1}", text("object.get", json("{\"a\": 1}"), json("[]"), 9));
        assertEquals("1", text("object.get", json("{\"a\": 1}"), "a", 9));
    }

    @Test
    void selectsKeys() {
        assertEquals(
                "{\"a\": 1}",
                text("object.filter", json("{\"a\": 1, \"b\": 2}"), json("{\"a\": 0}")));
        assertEquals(
                "{\"b\": 2}", text("object.remove", json("{\"a\": 1, \"b\": 2}"), set("a", "z")));
        assertEquals("{\"a\"}", text("object.keys", json("{\"a\": 1}")));
        assertEquals(
                "eval_type_error: object.filter: operand 2 must be one of {object, set, array} but"
                        + " got number",
                fault("object.filter", json("{}"), 1));
    }

    @Test
    void mergesObjectsBelowKeys() {
        assertEquals(
                "{\"a\": {\"b\": 1, \"c\": 2}, \"d\": 3}",
                text(
                        "object.union",
                        json("{\"a\": {\"b\": 1}, \"d\": {}}"),
                        json("{\"a\": {\"c\": 2}, \"d\": 3}")));
        assertEquals(
                "{\"a\": {\"c\": 3}}",
                text(
                        "object.union_n",
                        json("[{\"a\": {\"b\": 2}}, {\"a\": 4}, {\"a\": {\"c\": 3}}]")));
        assertEquals(
                "eval_type_error: object.union_n: operand 1 must be array of objects but got array"
                        + " containing number",
                fault("object.union_n", json("[1]")));
    }

    @Test
    void knowsParts() {
        assertEquals(
                "true",
                text(
                        "object.subset",
                        json("{\"a\": {\"b\": [1, 2, 3], \"c\": 1}}"),
                        json("{\"a\": {\"b\": [2, 3]}}")));
        assertEquals("false", text("object.subset", json("[1, 2, 3]"), json("[1, 3]")));
        assertEquals("true", text("object.subset", json("[1, 2, 3]"), set(3, 1)));
        assertEquals("true", text("object.subset", set(1, 2), set()));
        assertEquals(
                "eval_type_error: object.subset: both arguments object.subset must be of the same"
                        + " type or array and set",
                fault("object.subset", set(1), json("[1]")));
    }

    @Test
    void filtersAndRemovesByPaths() {
        assertEquals(
                "{\"a\": [{\"b\": 7}, {\"d\": 9}]}",
                text(
                        "json.filter",
                        json("{\"a\": [{\"b\": 7, \"c\": 8}, {\"d\": 9}], \"e\": 1}"),
                        set("a/0/b", "/a/1")));
        assertEquals(
                "{\"a\": {\"b\": 7}}",
                text("json.filter", json("{\"a\": {\"b\": 7}}"), set("a", "a/b")));
        assertEquals(
                "{\"a\": [1, 3]}",
                text("json.remove", json("{\"a\": [1, 2, 3], \"x/y\": 1}"), set("a/1", "x~1y")));
        assertEquals(
                "eval_type_error: json.remove: operand 2 must be one of {set, array} containing"
                        + " string paths or array of path segments but got number",
                fault("json.remove", json("{}"), set(1)));
        assertEquals(
                "eval_type_error: json.remove: operand 2 must be one of {set, array} but got"
                        + " object",
                fault("json.remove", json("{}"), json("{}")));
    }

    @Test
    void patchesDocuments() {
        assertEquals(
                "[1, 3, {\"a\": 4}]",
                text(
                        "json.patch",
                        json("[1, 2, 3]"),
                        json(
                                "[{\"op\": \"remove\", \"path\": \"1\"}, {\"op\": \"add\","
                                        + " \"path\": \"/-\", \"value\": {}}, {\"op\": \"add\","
                                        + " \"path\": \"/2/a\", \"value\": 4}]")));
        assertEquals(
                "{\"b\": 1, \"c\": 1}",
                text(
                        "json.patch",
                        json("{\"a\": 1}"),
                        json(
                                "[{\"op\": \"move\", \"from\": \"a\", \"path\": \"b\"}, {\"op\":"
                                        + " \"copy\", \"from\": \"b\", \"path\": \"c\"}, {\"op\":"
                                        + " \"test\", \"path\": \"c\", \"value\": 1}]")));
    }

    @Test
    void patchesSetsByTheirMembers() {
        assertEquals(
                "{\"b\", [1, 2]}",
                text(
                        "json.patch",
                        set(json("[1]"), "a"),
                        json(
                                "[{\"op\": \"add\", \"path\": [[1], 1], \"value\": 2}, {\"op\":"
                                    + " \"remove\", \"path\": \"a\"}, {\"op\": \"add\", \"path\":"
                                    + " \"b\", \"value\": \"b\"}]")));
    }

    @Test
    void givesNothingWhenAPatchCannotBeApplied() {
        assertNull(
                callOrUndefined(
                        "json.patch", json("{}"), json("[{\"op\": \"remove\", \"path\": \"a\"}]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("{}"),
                        json("[{\"op\": \"add\", \"path\": \"a/b\", \"value\": 1}]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("[1]"),
                        json("[{\"op\": \"add\", \"path\": \"3\", \"value\": 1}]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("[1]"),
                        json("[{\"op\": \"add\", \"path\": \"01\", \"value\": 1}]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("[1]"),
                        json("[{\"op\": \"test\", \"path\": \"0\", \"value\": 2}]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("{}"),
                        json("[{\"op\": \"spam\", \"path\": \"a\", \"value\": 1}]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("{}"),
                        json("[{\"op\": \"add\", \"path\": null, \"value\": 1}]")));
        assertNull(callOrUndefined("json.patch", json("{}"), json("[1]")));
        assertNull(
                callOrUndefined(
                        "json.patch",
                        json("{\"a\": 1}"),
                        json("[{\"op\": \"remove\", \"path\": \"\"}]")));
    }
}
