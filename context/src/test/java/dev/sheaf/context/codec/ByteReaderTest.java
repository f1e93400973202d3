package dev.sheaf.context.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

final class ByteReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation alone
                "c3", // a lead alone
                "c0af", // longer than it need be
                "eda080", // half of a surrogate pair
                "f4908080", // above the last character
                "61ff62",
                "efbfbdff" // a replacement character that was written, and a fault
            })
    void bytesThatAreNotUtf8AreRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteWriter out = new ByteWriter();
        out.bytes(bytes);
        Problem problem =
                assertThrows(Problem.class, () -> new ByteReader(out.toByteArray()).string());
        assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code());
        assertTrue(problem.message().contains("UTF-8"), problem::message);
    }

    @Test
    void theReplacementCharacterItselfIsText() {
        ByteWriter out = new ByteWriter();
        out.string("a\ufffd\ud83d\ude00");
        out.string("");
        ByteReader in = new ByteReader(out.toByteArray());
        assertEquals("a\ufffd\ud83d\ude00", in.string());
        assertEquals("", in.string());
        in.end();
    }
}
