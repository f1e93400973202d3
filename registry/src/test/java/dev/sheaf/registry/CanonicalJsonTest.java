package dev.sheaf.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import java.nio.charset.StandardCharsets;

/// RFC 8785, as far as manifests go.
final class CanonicalJsonTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static String canonical(String json) {
        return new String(CanonicalJson.bytes(JSON.readTree(json)), StandardCharsets.UTF_8);
    }

    @Test
    void membersAreSortedByUtf16AndWhiteSpaceGoes() {
        // RFC 8785, 3.2.3: the emoji's first code unit, D83D, comes before FB33.
        assertEquals(
                "{\"\\r\":1,\"1\":2,\"a\":[1,{\"b\":true,\"c\":null}],\"\u20ac\":3,\"\ud83d\ude00\":4,\"\ufb33\":5}",
                canonical(
                        "{\"\u20ac\": 3, \"\\r\": 1, \"\ufb33\": 5, \"1\": 2, \"\ud83d\ude00\": 4,"
                                + " \"a\": [ 1, {\"c\": null, \"b\": true} ]}"));
    }

    @Test
    void onlyWhatHasToBeIsEscaped() {
        assertEquals(
                "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\u007f\u00e9\"",
                canonical("\"\\b\\t\\n\\f\\r\\\"\\\\\\/\\u0001\u007f\u00e9\""));
    }

    @Test
    void aNumberIsTheSameHoweverItIsHeld() {
        JsonNode small = JSON.getNodeFactory().numberNode(7);
        JsonNode wide = JSON.getNodeFactory().numberNode(7L);
        assertEquals(
                new String(CanonicalJson.bytes(small), StandardCharsets.UTF_8),
                new String(CanonicalJson.bytes(wide), StandardCharsets.UTF_8));
        assertEquals("9007199254740991", canonical("9007199254740991"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e2", "9007199254740992", "123456789012345678901234567890"})
    void whatIsNoWholeNumberIsRefused(String number) {
        assertThrows(Problem.class, () -> canonical("{\"n\": " + number + "}"));
    }

    @Test
    void halfACharacterIsRefused() {
        assertThrows(Problem.class, () -> CanonicalJson.bytes(StringNode.valueOf("a\ud83d")));
        assertThrows(Problem.class, () -> CanonicalJson.bytes(StringNode.valueOf("\ude00")));
    }
}
