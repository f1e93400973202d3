package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.rego.builtin.BuiltinFault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

class GoBase64Test {
    @Test
    void readsWhatTheJdkWrites() {
        Random random = new Random(3);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, GoBase64.decode(Base64.getEncoder().encodeToString(bytes)));
            assertArrayEquals(
                    bytes, GoBase64.decode(Base64.getMimeEncoder().encodeToString(bytes)));
            assertArrayEquals(bytes, GoBase64.decodeUrl(GoBase64.encodeUrl(bytes)));
            assertArrayEquals(
                    bytes, GoBase64.decodeUrl(Base64.getUrlEncoder().encodeToString(bytes)));
        }
    }

    /// -1 where there is no fault.
    @ParameterizedTest
    @CsvSource({
        "!!!!, 0",
        "====, 0",
        "x===, 1",
        "=AAA, 0",
        "A=AA, 1",
        "AA=A, 2",
        "AA==A, 4",
        "AAA=AAAA, 4",
        "AAAAA, 4",
        "AAAAAA, 4",
        "A=, 1",
        "A==, 1",
        "AA=, 3",
        "AA==, -1",
        "AAA=, -1",
        "AAAA=, 4",
        "AAAAAA=, 7",
        "YWJjZA=====, 8"
    })
    void aFaultNamesThePlace(String text, int place) {
        if (place < 0) {
            GoBase64.decode(text);
            return;
        }
        BuiltinFault fault = assertThrows(BuiltinFault.class, () -> GoBase64.decode(text));
        assertEquals("illegal base64 data at input byte " + place, fault.getMessage());
    }

    @Test
    void bitsThatPadDoNotMatter() {
        assertEquals("a", new String(GoBase64.decode("YR=="), StandardCharsets.UTF_8));
    }
}
