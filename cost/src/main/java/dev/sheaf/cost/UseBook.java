package dev.sheaf.cost;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.ProductName;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What was used, by day. Not thread-safe.
public final class UseBook {
    /// More different callers and products in a day are counted together, as `other`.
    static final int KEYS_OF_DAY_MAX = 20_000;

    private static final String OTHER = "other";

    private final Map<LocalDate, Map<UseKey, UseSum>> days = new TreeMap<>();

    /// Bytes by month, region and way, from which the tier of the next follows.
    private final Map<String, Long> volumes = new HashMap<>();

    /// What domains' products have cost, by month, domain and currency.
    private final Map<String, Money> spent = new HashMap<>();

    private record Share(String product, long bytes) {}

    /// Prices and adds a use.
    ///
    /// @return what was added, by key
    public Map<UseKey, UseSum> add(LocalDate day, TransferUse use, PriceBook prices) {
        Map<UseKey, UseSum> added = new HashMap<>();
        for (Share share : shares(use)) {
            Quote quote = prices.quote(use.from(), use.to(), volume(day, use), share.bytes());
            UseKey key =
                    new UseKey(
                            day,
                            use.kind(),
                            use.from().toString(),
                            use.to().toString(),
                            share.product(),
                            use.callerDomainsText(),
                            use.callerClass(),
                            quote.price().currency(),
                            quote.unitPrice().amount().toPlainString(),
                            quote.unit(),
                            quote.isAssumed());
            UseKey kept = kept(key);
            UseSum sum = new UseSum(1, share.bytes(), quote.price());
            added.merge(kept, sum, UseSum::plus);
            add(kept, sum);
        }
        return added;
    }

    /// Adds what was priced before.
    public void add(UseKey key, UseSum sum) {
        days.computeIfAbsent(key.day(), any -> new HashMap<>()).merge(key, sum, UseSum::plus);
        volumes.merge(way(key.day(), key.from(), key.to()), sum.bytes(), Math::addExact);
        spent.merge(
                account(YearMonth.from(key.day()), key.domain(), key.currency()),
                sum.cost(),
                Money::plus);
    }

    private static String account(YearMonth month, String domain, String currency) {
        return month + " " + domain + " " + currency;
    }

    private UseKey kept(UseKey key) {
        Map<UseKey, UseSum> day = days.getOrDefault(key.day(), Map.of());
        return day.size() < KEYS_OF_DAY_MAX || day.containsKey(key)
                ? key
                : new UseKey(
                        key.day(),
                        key.kind(),
                        key.from(),
                        key.to(),
                        key.product(),
                        OTHER,
                        OTHER,
                        key.currency(),
                        key.unitPrice(),
                        key.unit(),
                        key.isAssumed());
    }

    private static List<Share> shares(TransferUse use) {
        List<ProductName> products = use.products().stream().sorted().toList();
        if (products.isEmpty()) {
            return List.of(new Share("", use.bytes()));
        }
        List<Share> shares = new ArrayList<>();
        long left = use.bytes();
        for (int i = 0; i < products.size(); i++) {
            long bytes = left / (products.size() - i);
            shares.add(new Share(products.get(i).toString(), bytes));
            left -= bytes;
        }
        return shares;
    }

    /// Bytes that went this way in the day's month.
    public long volume(LocalDate day, TransferUse use) {
        return volumes.getOrDefault(way(day, use.from().toString(), use.to().toString()), 0L);
    }

    /// Within its cloud a region counts each destination for itself, to the internet all together.
    private static String way(LocalDate day, String from, String to) {
        String cloud = from.substring(0, from.indexOf('/') + 1);
        return YearMonth.from(day) + " " + from + " " + (to.startsWith(cloud) ? to : "internet");
    }

    /// What a domain's products have cost in a month.
    ///
    /// @param currency what is in another is not counted
    public Money spent(YearMonth month, String domain, String currency) {
        return spent.getOrDefault(account(month, domain, currency), Money.zero(currency));
    }

    /// By key, unsorted.
    ///
    /// @param until the last day
    public Map<UseKey, UseSum> between(LocalDate from, LocalDate until, Predicate<UseKey> which) {
        Map<UseKey, UseSum> found = new HashMap<>();
        days.forEach((day, uses) -> {
            if (!day.isBefore(from) && !day.isAfter(until)) {
                uses.forEach((key, sum) -> {
                    if (which.test(key)) {
                        found.put(key, sum);
                    }
                });
            }
        });
        return found;
    }

    /// Forgets what was before.
    public void forgetBefore(LocalDate day) {
        days.keySet().removeIf(each -> each.isBefore(day));
        String month = YearMonth.from(day).toString();
        volumes.keySet().removeIf(way -> way.compareTo(month) < 0);
        spent.keySet().removeIf(account -> account.compareTo(month) < 0);
    }

    /// A price for people: at most ten digits after the point.
    public static String shown(Money money) {
        BigDecimal amount = money.amount();
        return amount.scale() <= 10
                ? money.toString()
                : new Money(amount.setScale(10, RoundingMode.HALF_UP), money.currency()).toString();
    }
}
