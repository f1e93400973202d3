package dev.sheaf.rego.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import tools.jackson.core.JacksonException;

import java.util.List;

/// The text that is hashed of data.
class CanonicalJsonTest {
    @Test
    void ordersFieldsAndLeavesOutBlanks() {
        assertEquals(
                "{\"A\":[1,true,null,[],{}],\"a\":{\"b\":2,\"c\":3},\"\uFFEE\":4,\"\uD83D\uDE00\":5}",
                CanonicalJson.of(
                        "{ \"a\": {\"c\":3, \"b\" : 2},\n\"\\uD83D\\uDE00\": 5, \"\\uFFEE\": 4,"
                                + " \"A\": [1, true, null, [ ], { }]}"));
    }

    @Test
    void keepsNumbersAsTheyAreWritten() {
        assertEquals(
                "[1.50,1e3,-0,1E+2,123456789012345678901234567890]",
                CanonicalJson.of("[1.50, 1e3, -0, 1E+2, 123456789012345678901234567890]"));
    }

    @Test
    void writesTextsAsGoDoes() {
        assertEquals(
                "\"<>&/\\\"\\\\\\n\\t\\u0001\\u2028é\uFFFD\"",
                CanonicalJson.of("\"<>&\\/\\\"\\\\\\n\\t\\u0001\\u2028\\u00e9\\ud800\""));
    }

    @Test
    void takesTheLastOfFieldsOfOneName() {
        assertEquals("{\"a\":2}", CanonicalJson.of("{\"a\": 1, \"a\": 2}"));
    }

    @Test
    void refusesWhatIsNotOneValue() {
        for (String text : List.of("{\"a\":", "[1", "{", "tru")) {
            assertThrows(JacksonException.class, () -> CanonicalJson.of(text));
        }
        for (String text : List.of("", "1 2", "{} {}")) {
            assertThrows(IllegalArgumentException.class, () -> CanonicalJson.of(text));
        }
    }
}
