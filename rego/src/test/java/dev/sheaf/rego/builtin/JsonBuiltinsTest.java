package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.set;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.Map;

/// [JsonBuiltins] and [YamlBuiltins]; YAML as Go writes it.
class JsonBuiltinsTest {
    @Test
    void writesSetsAsArrays() {
        assertEquals(
                StringValue.of("{\"a\":[1,2],\"b\":\"\\u003c\"}"),
                call(
                        "json.marshal",
                        ObjectValue.of(Map.of("a", set(2, 1), "b", StringValue.of("<")))));
    }

    @Test
    void laysOutAsAsked() {
        assertEquals(
                StringValue.of("-[\n-\t1\n-]"),
                call("json.marshal_with_options", json("[1]"), json("{\"prefix\": \"-\"}")));
        assertEquals(
                StringValue.of("{\n  \"a\": []\n}"),
                call(
                        "json.marshal_with_options",
                        json("{\"a\": []}"),
                        json("{\"indent\": \"  \"}")));
        assertEquals(
                StringValue.of("[1]"),
                call(
                        "json.marshal_with_options",
                        json("[1]"),
                        json("{\"indent\": \" \", \"pretty\": false}")));
        assertEquals(
                "eval_type_error: json.marshal_with_options: operand 2 object contained unknown key"
                        + " \"x\"",
                fault("json.marshal_with_options", json("[]"), json("{\"x\": 1}")));
    }

    @Test
    void readsOneValueAndNothingElse() {
        assertEquals("{\"a\": 1.10}", text("json.unmarshal", "{\"a\": 1.10}"));
        assertEquals("false", text("json.is_valid", ""));
        assertEquals("false", text("json.is_valid", "1 2"));
        assertEquals("false", text("json.is_valid", "01"));
        assertEquals("false", text("json.is_valid", 1));
        assertEquals("true", text("json.is_valid", " null "));
        assertTrue(fault("json.unmarshal", "{").startsWith("eval_builtin_error: json.unmarshal: "));
        assertEquals(StringValue.of("\uFFFD"), call("json.unmarshal", "\"\\ud800\""));
    }

    @Test
    void readsYamlOneDotOne() {
        assertEquals(
                "{\"8\": true, \"a\": 8, \"b\": \"2020-01-01\", \"c\": null, \"d\": [1, \"x\"]}",
                text("yaml.unmarshal", "a: 010\nb: 2020-01-01\nc: ~\nd:\n- 1\n- x\n8: yes"));
        assertEquals("null", text("yaml.unmarshal", ""));
        assertEquals(
                "{\"a\": {\"x\": 1}, \"b\": {\"x\": 1, \"z\": 2}}",
                text("yaml.unmarshal", "a: &a {x: 1}\nb:\n  <<: *a\n  z: 2"));
        assertEquals("false", text("yaml.is_valid", "a: ["));
        assertEquals("true", text("yaml.is_valid", "a: [1]"));
        assertEquals("false", text("yaml.is_valid", 1));
    }

    @Test
    void constructsNothingButValues() {
        assertEquals("\"x\"", text("yaml.unmarshal", "!!java.net.URL x"));
    }

    @Test
    void endsAliasesThatGrowWithoutEnd() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            yaml.append(
                    "a%d: &a%d [%s]%n"
                            .formatted(i, i, String.join(", ", Collections.nCopies(9, before))));
        }
        assertTrue(fault("yaml.unmarshal", yaml.toString()).contains("excessive aliasing"));
        assertTrue(fault("yaml.unmarshal", "&a [*a]").contains("contains itself"));
    }

    @Test
    void writesYamlAsGoDoes() {
        assertEquals(
                StringValue.of(
                        "a:\n- b: 1\n  c: |\n    x\n    y\n- []\na2: \"yes\"\na10: '- x'\nnull: \"\"\n"
                                .replace("null: ", "\"null\": ")),
                call(
                        "yaml.marshal",
                        json(
                                "{\"a10\": \"- x\", \"a2\": \"yes\", \"null\": \"\", \"a\":"
                                        + " [{\"b\": 1, \"c\": \"x\\ny\\n\"}, []]}")));
        assertEquals(
                StringValue.of("- foo:\n  - 1\n  - 2.5\n"),
                call("yaml.marshal", json("[{\"foo\": [1, 2.5]}]")));
        assertEquals(StringValue.of("\"\\U0001F600\"\n"), call("yaml.marshal", "😀"));
    }
}
