package dev.sheaf.cost;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.RegionName;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What clouds take for moving data, by their published lists. Immutable.
///
/// @param checked when its prices were last compared with what is published
/// @param clouds by the first part of regions' names
public record PriceBook(String currency, LocalDate checked, Map<String, Cloud> clouds) {
    private static final String NO_UNIT = "GiB";
    private static final long NO_UNIT_BYTES = 1L << 30;

    public PriceBook {
        clouds = Map.copyOf(clouds);
        if (clouds.isEmpty()) {
            throw new IllegalArgumentException("a price book has prices");
        }
    }

    /// @param unit of its prices, as in `GB`
    /// @param sources where the prices are published
    /// @param between other regions of the same cloud; the first rule that matches counts
    /// @param internet to everywhere else
    public record Cloud(
            String unit,
            long unitBytes,
            List<String> sources,
            List<Rule> between,
            List<Rule> internet) {
        public Cloud {
            sources = List.copyOf(sources);
            between = List.copyOf(between);
            internet = List.copyOf(internet);
        }
    }

    public record Rule(Places from, Places to, Rate rate) {}

    /// Locations of a cloud: their names, or the beginnings of their names.
    ///
    /// @param patterns with `*` at the end for all that begin so
    public record Places(List<String> patterns) {
        public Places {
            patterns = List.copyOf(patterns);
        }

        boolean have(String location) {
            return patterns.stream()
                    .anyMatch(pattern ->
                            pattern.endsWith("*")
                                    ? location.startsWith(
                                            pattern.substring(0, pattern.length() - 1))
                                    : location.equals(pattern));
        }
    }

    /// @param before bytes that left the region this way in the month already
    public Quote quote(RegionName from, RegionName to, long before, long bytes) {
        if (bytes < 0 || before < 0) {
            throw new IllegalArgumentException(bytes + " bytes after " + before);
        }
        if (from.equals(to)) {
            Money nothing = Money.zero(currency);
            return new Quote(nothing, nothing, NO_UNIT, NO_UNIT_BYTES, "within the region", false);
        }
        boolean isWithin = from.cloud().equals(to.cloud());
        String way = isWithin ? "within the cloud" : "internet";
        Optional<Cloud> cloud = Optional.ofNullable(clouds.get(from.cloud()));
        Optional<Rate> rate =
                cloud.flatMap(known ->
                        (isWithin ? known.between() : known.internet())
                                .stream()
                                        .filter(rule -> matches(rule, from, to, isWithin))
                                        .map(Rule::rate)
                                        .findFirst());
        Rate counted = rate.or(() -> cloud.map(PriceBook::dearest)).orElseGet(this::dearest);
        String unit = cloud.map(Cloud::unit).orElse(NO_UNIT);
        return new Quote(
                new Money(counted.price(before, bytes), currency),
                new Money(counted.unitPrice(before), currency),
                unit,
                counted.unitBytes(),
                way,
                rate.isEmpty());
    }

    private static boolean matches(Rule rule, RegionName from, RegionName to, boolean isWithin) {
        return rule.from().have(from.location()) && (!isWithin || rule.to().have(to.location()));
    }

    private static Rate dearest(Cloud cloud) {
        BigDecimal price =
                java.util.stream.Stream.concat(cloud.between().stream(), cloud.internet().stream())
                        .map(rule -> rule.rate().dearest())
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return flat(cloud.unitBytes(), price);
    }

    /// Of a cloud that is not known, in the smaller unit.
    private Rate dearest() {
        BigDecimal price =
                clouds.values().stream()
                        .map(cloud -> dearest(cloud).dearest())
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return flat(NO_UNIT_BYTES, price);
    }

    private static Rate flat(long unitBytes, BigDecimal price) {
        return new Rate(unitBytes, List.of(new Rate.Tier(Long.MAX_VALUE, price)));
    }
}
