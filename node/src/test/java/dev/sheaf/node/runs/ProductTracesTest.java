package dev.sheaf.node.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Traces that copies may go on in.
final class ProductTracesTest {
    private static final ProductName ORDERS = ProductName.parse("sales.orders");
    private final AtomicLong now = new AtomicLong();
    private final ProductTraces traces = new ProductTraces(now::get);

    @Test
    void theLastChangeCountsForAWhile() {
        assertEquals(Optional.empty(), traces.of(ORDERS));
        traces.changed(ORDERS, "one");
        traces.changed(ORDERS, "two");
        assertEquals(Optional.of("two"), traces.of(ORDERS));
        now.addAndGet(Duration.ofMinutes(16).toNanos());
        assertEquals(Optional.empty(), traces.of(ORDERS));
    }

    @Test
    void aChangeWithoutATraceEndsTheOneBefore() {
        traces.changed(ORDERS, "one");
        traces.changed(ORDERS, "");
        assertEquals(Optional.empty(), traces.of(ORDERS));
    }

    @Test
    void onlySoManyAreKept() {
        traces.changed(ORDERS, "one");
        for (int i = 0; i < 1000; i++) {
            traces.changed(ProductName.parse("sales.p" + i), "more");
        }
        assertEquals(Optional.empty(), traces.of(ORDERS));
        assertEquals(Optional.of("more"), traces.of(ProductName.parse("sales.p999")));
    }
}
