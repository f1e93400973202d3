package dev.sheaf.node.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The header `traceparent`.
final class TraceContextTest {
    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void isReadAndWritten() {
        String header = "00-" + ID + "-" + SPAN + "-01";
        TraceContext read = TraceContext.parse(header).orElseThrow();
        assertEquals(new TraceContext(ID, SPAN, true), read);
        assertEquals(header, read.header());
        assertFalse(TraceContext.parse("00-" + ID + "-" + SPAN + "-02").orElseThrow().isSampled());
        // A later version may say more.
        assertTrue(TraceContext.parse("01-" + ID + "-" + SPAN + "-01-more").isPresent());
    }

    @Test
    void whatIsNoneIsPassedOver() {
        for (String header :
                List.of(
                        "",
                        "nonsense",
                        "00-" + ID + "-" + SPAN,
                        "00-" + ID + "-" + SPAN + "-01-more",
                        "ff-" + ID + "-" + SPAN + "-01",
                        "00-" + "0".repeat(32) + "-" + SPAN + "-01",
                        "00-" + ID + "-" + "0".repeat(16) + "-01",
                        "00-" + ID.toUpperCase(java.util.Locale.ROOT) + "-" + SPAN + "-01",
                        "00-" + ID + "-" + SPAN + "-0g")) {
            assertEquals(Optional.empty(), TraceContext.parse(header), header);
        }
    }

    @Test
    void theNextPlaceIsInTheSameTrace() {
        Random random = new Random(3);
        TraceContext begun = TraceContext.begin(random, true);
        TraceContext next = begun.next(random);
        assertEquals(begun.traceId(), next.traceId());
        assertFalse(begun.spanId().equals(next.spanId()));
        assertEquals(Optional.of(next), TraceContext.parse(next.header()));
    }
}
