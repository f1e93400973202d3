package dev.sheaf.node.governance;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/// The time by which policy decides: another clock's, that stands still where that one goes back. A
/// grant that has ended does not begin again because a machine's clock is set back; what is decided
/// until it has caught up is decided at the latest time that there was. For any thread.
public final class SteadyClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

    /// Clocks are put right by less all the time.
    private static final Duration TOLD_FROM = Duration.ofSeconds(5);

    private final Clock clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
    private volatile boolean isBehind;

    public SteadyClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        Instant now = clock.instant();
        Instant steady =
                latest.accumulateAndGet(now, (last, next) -> next.isAfter(last) ? next : last);
        tell(now, steady);
        return steady;
    }

    private void tell(Instant now, Instant steady) {
        boolean isFar = Duration.between(now, steady).compareTo(TOLD_FROM) > 0;
        if (isFar != isBehind) {
            isBehind = isFar;
            if (isFar) {
                LOG.error(
                        "the clock has gone back from {} to {}; policy decides by the former until"
                                + " it has caught up. If the former was wrong, start the node anew",
                        steady,
                        now);
            } else {
                LOG.info("the clock has caught up: policy decides by it again");
            }
        }
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(clock.withZone(zone));
    }
}
