package dev.sheaf.context.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

final class FailureLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> lines = new ArrayList<>();
    private final FailureLog log =
            new FailureLog(
                    nanos::get, (line, cause) -> lines.add(line + ": " + cause.getMessage()));

    @Test
    void theSameFailureIsLoggedOnceAndThenOnceAMinuteWithItsCount() {
        for (int halfSecond = 0; halfSecond < 260; halfSecond++) {
            log.met("no sync", new IllegalStateException("the disk is gone"));
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        }
        assertEquals(
                List.of(
                        "no sync: the disk is gone",
                        "no sync, 120 times more since this was logged last: the disk is gone",
                        "no sync, 120 times more since this was logged last: the disk is gone"),
                lines);
    }

    @Test
    void anotherFailureIsLoggedAtOnce() {
        log.met("no sync", new IllegalStateException("the disk is gone"));
        log.met("no sync", new IllegalStateException("the disk is full"));
        log.met("no read", new IllegalStateException("the disk is gone"));
        assertEquals(3, lines.size());
    }
}
