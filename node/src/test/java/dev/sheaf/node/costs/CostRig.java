package dev.sheaf.node.costs;

import dev.sheaf.contract.Source;
import dev.sheaf.cost.PriceBook;
import dev.sheaf.cost.PriceBookReader;
import dev.sheaf.cost.TransferUse;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.product.Domain;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// A meter in a folder, with a clock that a test sets, and domains with budgets.
final class CostRig implements AutoCloseable {
    static final RegionName HOME = RegionName.parse("aws/us-east-1");
    static final RegionName AWAY = RegionName.parse("gcp/europe-west1");
    static final ProductName ORDERS = ProductName.parse("sales.orders");
    static final ProductName INVOICES = ProductName.parse("finance.invoices");
    static final long GIB = 1L << 30;

    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2028-02-29T12:00:00Z"));
    final Map<DomainName, Domain> domains = new ConcurrentHashMap<>();
    final CostMeter meter;
    final Budgets budgets;

    CostRig(Path folder) {
        this(folder, PriceBookReader.standard());
    }

    CostRig(Path folder, PriceBook prices) {
        meter = CostMeter.open(folder, prices, new SetClock(now));
        budgets = new Budgets(() -> List.copyOf(domains.values()), meter);
    }

    void budget(String domain, String budget) {
        String yaml =
                """
                apiVersion: sheaf.dev/v1
                kind: Domain
                name: %s
                homeRegion: aws/us-east-1
                owner: %s@example.com
                budget: %s
                """
                        .formatted(domain, domain, budget);
        DomainName name = new DomainName(domain);
        domains.put(
                name,
                new Domain(
                        name,
                        HOME,
                        domain + "@example.com",
                        Optional.empty(),
                        new Source("domain.yaml", yaml.getBytes(StandardCharsets.UTF_8))));
    }

    void use(ProductName product, long bytes) {
        meter.record(
                new TransferUse(
                        TransferUse.Kind.QUERY,
                        HOME,
                        AWAY,
                        Set.of(product),
                        Set.of("insights"),
                        "analyst",
                        bytes));
    }

    Money spent(String domain) {
        return meter.spent(java.time.YearMonth.from(meter.today()), new DomainName(domain));
    }

    static Money usd(String amount) {
        return Money.parse(amount, "USD");
    }

    @Override
    public void close() {
        meter.close();
    }

    private static final class SetClock extends Clock {
        private final AtomicReference<Instant> now;

        SetClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.ofHours(9);
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Objects.requireNonNull(now.get());
        }
    }
}
