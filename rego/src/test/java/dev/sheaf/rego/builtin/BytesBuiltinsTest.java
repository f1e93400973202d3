package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.call;
import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// [BytesBuiltins] and [UrlQueryBuiltins].
class BytesBuiltinsTest {
    @Test
    void readsBase64AsGoDoes() {
        assertEquals("\"hello\"", text("base64.decode", "aGVs\nbG8="));
        assertEquals(
                "eval_builtin_error: base64.decode: illegal base64 data at input byte 4",
                fault("base64.decode", "aGVsbG8"));
        assertEquals(
                "eval_builtin_error: base64.decode: illegal base64 data at input byte 0",
                fault("base64.decode", "{"));
        assertEquals("false", text("base64.is_valid", 1));
        assertEquals("true", text("base64.is_valid", ""));
        assertEquals("\"aGVsbG8_\"", text("base64url.encode", "hello?"));
        assertEquals("\"aGVsbG8\"", text("base64url.encode_no_pad", "hello"));
        assertEquals("\"hello\"", text("base64url.decode", "aGVsbG8"));
        assertEquals(
                "eval_builtin_error: base64url.decode: illegal base64url string: a",
                fault("base64url.decode", "a"));
    }

    @Test
    void replacesBytesThatAreNoTextOneByOne() {
        assertEquals(
                "30",
                text(
                        "count",
                        call("base64.decode", "2E84ZuPUd7zfvCZSNEchVpDEIj6PL7JfLpIqyxVG16k=")));
        assertEquals("3", text("count", call("hex.decode", "eda080")));
        assertEquals("\"ä😀\"", text("hex.decode", "c3a4f09f9880"));
    }

    @Test
    void namesTheDigitThatIsWrong() {
        assertEquals(
                "eval_builtin_error: hex.decode: encoding/hex: invalid byte: U+0067 'g'",
                fault("hex.decode", "fghijkl"));
        assertEquals(
                "eval_builtin_error: hex.decode: encoding/hex: odd length hex string",
                fault("hex.decode", "abc"));
        assertEquals("\"c3a4\"", text("hex.encode", "ä"));
    }

    @Test
    void escapesQueries() {
        assertEquals("\"a%3Db%2B1+%C3%A4~\"", text("urlquery.encode", "a=b+1 ä~"));
        assertEquals("\"a=b 1\"", text("urlquery.decode", "a%3Db+1"));
        assertEquals(
                "eval_builtin_error: urlquery.decode: invalid URL escape \"%zz\"",
                fault("urlquery.decode", "a%zz"));
    }

    @Test
    void writesAndReadsFieldsOfQueries() {
        assertEquals(
                "\"a=b%2B1&a=c&z=\"",
                text("urlquery.encode_object", json("{\"z\": \"\", \"a\": [\"b+1\", \"c\"]}")));
        assertEquals(
                "{\"a\": [\"1\", \"2\"], \"b\": [\"\"]}",
                text("urlquery.decode_object", "a=1&b&&a=2"));
        assertEquals("{}", text("urlquery.decode_object", ""));
        assertEquals(
                "eval_type_error: urlquery.encode_object: operand 1 values must be string,"
                        + " array[string], or set[string]",
                fault("urlquery.encode_object", json("{\"a\": 1}")));
        assertEquals(
                "eval_builtin_error: urlquery.decode_object: invalid semicolon separator in query",
                fault("urlquery.decode_object", "a;b"));
    }
}
