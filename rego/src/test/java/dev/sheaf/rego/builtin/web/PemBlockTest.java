package dev.sheaf.rego.builtin.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Objects;

class PemBlockTest {
    private static final String BLOCK = "-----BEGIN A-----\nAQID\n-----END A-----\n";

    private static PemBlock found(String text) {
        return Objects.requireNonNull(PemBlock.find(text));
    }

    @Test
    void blocksFollowOneAnother() {
        PemBlock first = found("text before\n" + BLOCK + BLOCK.replace('A', 'B') + "after");
        assertEquals("A", first.type());
        assertArrayEquals(new byte[] {1, 2, 3}, first.bytes());
        PemBlock second = found(first.rest());
        assertEquals("B", second.type());
        assertEquals("after", second.rest());
        assertNull(PemBlock.find(second.rest()));
    }

    @Test
    void headersComeBeforeTheBytes() {
        String text = BLOCK.replace("AQID", "Proc-Type: 4\nDEK-Info: x\n\nAQ\nID");
        assertArrayEquals(new byte[] {1, 2, 3}, found(text).bytes());
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertEquals("", found(BLOCK.stripTrailing()).rest());
        assertNotNull(PemBlock.find(BLOCK.replace("\n", "\r\n")));
    }

    @Test
    void blocksThatAreNoneArePassedOver() {
        String open = "-----BEGIN X-----\nAQID\n";
        assertEquals("A", found(open + BLOCK).type());
        assertEquals("A", found(BLOCK.replace("AQID", "AQ?D") + BLOCK).type());
        assertEquals("A", found("-----BEGIN X\n" + BLOCK).type());
        assertNull(PemBlock.find("x" + BLOCK));
        assertNull(PemBlock.find("-----BEGIN A-----\nAQID"));
        assertNull(PemBlock.find("-----BEGIN A-----"));
    }

    @Test
    void manyBeginningsTakeLinearTime() {
        String text = "-----BEGIN a:b-----\n".repeat(200_000) + "-----END c-----\n";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertNull(PemBlock.find(text)));
    }
}
