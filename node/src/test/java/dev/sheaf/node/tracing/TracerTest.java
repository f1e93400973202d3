package dev.sheaf.node.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.opentelemetry.api.trace.SpanKind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What becomes of the header `traceparent` where nobody collects spans.
final class TracerTest {
    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void aCallersTraceIsPassedOnAsItCame() {
        for (String flags : List.of("00", "01")) {
            String header = "00-" + ID + "-" + SPAN + "-" + flags;
            try (Span span = begin(" " + header);
                    Span child = span.child("part", SpanKind.CLIENT)) {
                assertEquals(header, span.header());
                assertEquals(header, child.header());
                assertEquals(Optional.of(ID), child.traceId());
                assertFalse(child.isRecorded());
            }
        }
        // A later version may say more.
        assertEquals(Optional.of(ID), begin("01-" + ID + "-" + SPAN + "-01-more").traceId());
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
                        "00-" + ID.toUpperCase(Locale.ROOT) + "-" + SPAN + "-01",
                        "00-" + ID + "-" + SPAN + "-0g")) {
            assertEquals(Optional.empty(), begin(header).traceId(), header);
            assertEquals("", begin(header).header(), header);
        }
        assertEquals(Span.NONE, Tracer.NONE.continued("work", SpanKind.SERVER, ""));
    }

    private static Span begin(String header) {
        return Tracer.NONE.begin("work", SpanKind.SERVER, Optional.of(header));
    }
}
