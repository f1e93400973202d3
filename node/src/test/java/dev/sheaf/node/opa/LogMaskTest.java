package dev.sheaf.node.opa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogMaskTest {
    private static final ObjectValue EVENT =
            (ObjectValue)
                    JsonValues.parse(
                            "{\"input\":{\"a\":1,\"b/c\":2,\"l\":[{\"x\":1},{\"x\":2}]},"
                                    + "\"result\":{\"r\":true},\"path\":\"p\"}");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"/input/a\";"
                    + " {\"input\":{\"b/c\":2,\"l\":[{\"x\":1},{\"x\":2}]},\"path\":\"p\",\"result\":{\"r\":true}}",
                "\"/input/b~1c\";"
                    + " {\"input\":{\"a\":1,\"l\":[{\"x\":1},{\"x\":2}]},\"path\":\"p\",\"result\":{\"r\":true}}",
                "\"/input\"; {\"path\":\"p\",\"result\":{\"r\":true}}",
                "\"/input/l/1/x\";"
                    + " {\"input\":{\"a\":1,\"b/c\":2,\"l\":[{\"x\":1},{}]},\"path\":\"p\",\"result\":{\"r\":true}}",
                "\"/input/l/0\";"
                    + " {\"input\":{\"a\":1,\"b/c\":2,\"l\":[{\"x\":2}]},\"path\":\"p\",\"result\":{\"r\":true}}",
                "{\"op\":\"upsert\",\"path\":\"/input/n/m\",\"value\":0};"
                    + " {\"input\":{\"a\":1,\"b/c\":2,\"l\":[{\"x\":1},{\"x\":2}],\"n\":{\"m\":0}},\"path\":\"p\",\"result\":{\"r\":true}}",
                "{\"op\":\"upsert\",\"path\":\"/result\",\"value\":\"x\"};"
                    + " {\"input\":{\"a\":1,\"b/c\":2,\"l\":[{\"x\":1},{\"x\":2}]},\"path\":\"p\",\"result\":\"x\"}",
                "{\"op\":\"remove\",\"path\":\"/result/r\"};"
                    + " {\"input\":{\"a\":1,\"b/c\":2,\"l\":[{\"x\":1},{\"x\":2}]},\"path\":\"p\",\"result\":{}}"
            })
    void placesAreLeftOutOrReplaced(String mask, String wanted) {
        assertEquals(wanted, JsonValues.text(LogMask.read(JsonValues.parse(mask)).apply(EVENT)));
    }

    @Test
    void aPlaceThatIsNotThereChangesNothing() {
        for (String path : new String[] {"/input/z", "/input/a/b", "/input/l/7", "/input/l/x"}) {
            assertSame(
                    EVENT, LogMask.read(JsonValues.parse("\"" + path + "\"")).apply(EVENT), path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input/a\"",
                "\"/labels\"",
                "\"/\"",
                "1",
                "{\"op\":\"upsert\",\"path\":\"/input\"}",
                "{\"op\":\"hide\",\"path\":\"/input\"}"
            })
    void whatIsNoMaskIsRefused(String mask) {
        assertThrows(IllegalArgumentException.class, () -> LogMask.read(JsonValues.parse(mask)));
    }
}
