package dev.sheaf.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

final class UseBookTest {
    private static final long GIB = 1L << 30;
    private static final LocalDate LAST = LocalDate.parse("2028-02-29");
    private final PriceBook prices = PriceBookReader.standard();
    private final UseBook book = new UseBook();

    private static TransferUse use(String to, long bytes, String... products) {
        Set<ProductName> names = new TreeSet<>();
        for (String product : products) {
            names.add(ProductName.parse(product));
        }
        return new TransferUse(
                TransferUse.Kind.QUERY,
                RegionName.parse("aws/us-east-1"),
                RegionName.parse(to),
                names,
                Set.of("insights"),
                "analyst",
                bytes);
    }

    private Money spent(LocalDate day, String domain) {
        return book.spent(YearMonth.from(day), domain, "USD");
    }

    @Test
    void whatADomainsProductsCostIsAddedUpByMonth() {
        book.add(LAST, use("gcp/europe-west1", GIB, "sales.orders"), prices);
        book.add(LAST, use("azure/westeurope", GIB, "sales.returns"), prices);
        book.add(LAST.plusDays(1), use("gcp/europe-west1", GIB, "sales.orders"), prices);
        assertEquals(Money.parse("0.18 USD", "USD"), spent(LAST, "sales"));
        assertEquals(Money.parse("0.09 USD", "USD"), spent(LAST.plusDays(1), "sales"));
        assertEquals(Money.zero("USD"), spent(LAST, "finance"));
        assertEquals(Money.zero("EUR"), book.spent(YearMonth.from(LAST), "sales", "EUR"));
    }

    @Test
    void severalProductsBearEqualSharesAndNoByteIsLost() {
        book.add(LAST, use("gcp/europe-west1", 10, "sales.a", "sales.b", "sales.c"), prices);
        Map<UseKey, UseSum> all = book.between(LAST, LAST, any -> true);
        assertEquals(3, all.size());
        assertEquals(10, all.values().stream().mapToLong(UseSum::bytes).sum());
        assertTrue(all.values().stream().allMatch(sum -> sum.bytes() == 3 || sum.bytes() == 4));
    }

    @Test
    void theTierFollowsFromTheMonthsVolume() {
        long tier = 10L * 1024 * GIB;
        book.add(LAST, use("gcp/europe-west1", tier, "sales.orders"), prices);
        book.add(LAST, use("azure/westeurope", GIB, "sales.returns"), prices);
        assertEquals(0, spent(LAST, "sales").amount().compareTo(new BigDecimal("921.685")));
        book.add(LAST.plusDays(1), use("azure/westeurope", GIB, "sales.returns"), prices);
        assertEquals(
                Money.parse("0.09 USD", "USD"),
                spent(LAST.plusDays(1), "sales"),
                "a new month begins anew");
    }

    @Test
    void moreKindsOfCallersThanCanBeKeptAreCountedTogether() {
        for (int i = 0; i < UseBook.KEYS_OF_DAY_MAX + 1000; i++) {
            book.add(
                    LAST,
                    new TransferUse(
                            TransferUse.Kind.QUERY,
                            RegionName.parse("aws/us-east-1"),
                            RegionName.parse("gcp/europe-west1"),
                            Set.of(ProductName.parse("sales.orders")),
                            Set.of("d" + i),
                            "role-" + i,
                            1),
                    prices);
        }
        Map<UseKey, UseSum> all = book.between(LAST, LAST, any -> true);
        assertEquals(UseBook.KEYS_OF_DAY_MAX + 1, all.size());
        assertEquals(
                UseBook.KEYS_OF_DAY_MAX + 1000,
                all.values().stream().mapToLong(UseSum::transfers).sum());
    }

    @Test
    void whatIsForgottenIsGone() {
        book.add(LAST, use("gcp/europe-west1", GIB, "sales.orders"), prices);
        book.add(LAST.plusDays(40), use("gcp/europe-west1", GIB, "sales.orders"), prices);
        book.forgetBefore(LAST.plusDays(10));
        assertEquals(1, book.between(LocalDate.MIN, LocalDate.MAX, any -> true).size());
        assertEquals(Money.zero("USD"), spent(LAST, "sales"));
        assertEquals(Money.parse("0.09 USD", "USD"), spent(LAST.plusDays(40), "sales"));
    }

    @Test
    void focusRowsHaveTheColumnsAndAddUp() {
        book.add(LAST, use("gcp/europe-west1", GIB, "sales.orders"), prices);
        book.add(LAST, use("gcp/europe-west1", GIB / 2), prices);
        String[] lines =
                FocusCsv.write("acme", book.between(LAST, LAST, any -> true)).split("\r\n");
        assertEquals(3, lines.length);
        assertEquals(String.join(",", FocusCsv.COLUMNS), lines[0]);
        assertTrue(
                lines[1].startsWith(
                        "0.045,acme,acme,USD,2028-03-01T00:00:00Z,2028-02-01T00:00:00Z,Usage,,"),
                lines[1]);
        assertTrue(lines[2].startsWith("0.09,acme,acme,USD,"), lines[2]);
        assertTrue(
                lines[2].contains(
                        ",2028-03-01T00:00:00Z,2028-02-29T00:00:00Z,0.09,0.09,Sheaf,0.09,1,GiB,Sheaf,Sheaf,Networking,"),
                lines[2]);
        assertTrue(lines[2].contains("\"{\"\"kind\"\":\"\"query\"\"}\""), lines[2]);
        assertTrue(lines[2].contains(",sales.orders,sales.orders,Data product,"), lines[2]);
    }
}
