package dev.sheaf.node.costs;

import dev.sheaf.cost.PriceBook;
import dev.sheaf.cost.Quote;
import dev.sheaf.cost.TransferUse;
import dev.sheaf.cost.UseBook;
import dev.sheaf.cost.UseKey;
import dev.sheaf.cost.UseSum;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What has left this region and what that cost, priced when it left, kept for 400 days. It is on
/// disk half a second after it was recorded: a process that is killed loses that much at most. For
/// any thread.
public final class CostMeter implements Metering, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CostMeter.class);
    private static final Duration WRITTEN_EVERY = Duration.ofMillis(500);
    private static final long COMPACTION_BYTES = 8 << 20;
    private static final int DAYS_KEPT = 400;

    private final PriceBook prices;
    private final Clock clock;
    private final UseFiles files;
    private final UseBook book = new UseBook();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;

    /// What is not on disk yet.
    private Map<UseKey, UseSum> pending = new HashMap<>();

    private LocalDate forgotten;
    private volatile boolean failing;

    private CostMeter(Path folder, PriceBook prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
        this.files = new UseFiles(folder, COMPACTION_BYTES);
        this.forgotten = today();
        files.forgetBefore(forgotten.minusDays(DAYS_KEPT));
        files.read().forEach(book::add);
        this.writer = Thread.ofVirtual().name("cost-meter").unstarted(this::run);
    }

    /// @param folder that exists, of its own
    /// @param clock that does not go back, in UTC or not
    /// @throws Problem STORAGE_FAILED
    public static CostMeter open(Path folder, PriceBook prices, Clock clock) {
        CostMeter meter = new CostMeter(folder, prices, clock);
        meter.writer.start();
        return meter;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// Of all prices here.
    public String currency() {
        return prices.currency();
    }

    PriceBook prices() {
        return prices;
    }

    @Override
    public void record(TransferUse use) {
        synchronized (book) {
            book.add(today(), use, prices)
                    .forEach((key, sum) -> pending.merge(key, sum, UseSum::plus));
        }
    }

    /// What moving bytes would cost now.
    public Quote quote(RegionName from, RegionName to, long bytes) {
        TransferUse use =
                new TransferUse(
                        TransferUse.Kind.QUERY,
                        from,
                        to,
                        java.util.Set.of(),
                        java.util.Set.of(),
                        "",
                        bytes);
        synchronized (book) {
            return prices.quote(from, to, book.volume(today(), use), bytes);
        }
    }

    /// What a domain's products have cost in a month.
    Money spent(YearMonth month, DomainName domain) {
        synchronized (book) {
            return book.spent(month, domain.value(), prices.currency());
        }
    }

    /// @param until the last day
    Map<UseKey, UseSum> between(LocalDate from, LocalDate until, Predicate<UseKey> which) {
        synchronized (book) {
            return book.between(from, until, which);
        }
    }

    /// @throws Problem STORAGE_FAILED while what is recorded cannot be written
    public void requireWriting() {
        if (failing) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "what is transferred cannot be written to the record of costs; the log says"
                            + " why");
        }
    }

    private void run() {
        try {
            while (!closing.await(WRITTEN_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What cannot be written waits for the next time.
    private synchronized void write() {
        Map<UseKey, UseSum> written;
        synchronized (book) {
            written = pending;
            pending = new HashMap<>();
        }
        try {
            if (!written.isEmpty()) {
                files.append(written);
            }
            failing = false;
        } catch (Problem e) {
            if (!failing) {
                LOG.error("what was transferred could not be recorded; it is tried again", e);
            }
            failing = true;
            synchronized (book) {
                written.forEach((key, sum) -> pending.merge(key, sum, UseSum::plus));
            }
        }
        forget();
    }

    private void forget() {
        LocalDate today = today();
        if (!today.equals(forgotten)) {
            forgotten = today;
            LocalDate first = today.minusDays(DAYS_KEPT);
            synchronized (book) {
                book.forgetBefore(first);
            }
            try {
                files.forgetBefore(first);
            } catch (Problem e) {
                LOG.error("costs of long ago could not be forgotten; it is tried tomorrow", e);
            }
        }
    }

    /// All that was recorded is on disk when this returns.
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
