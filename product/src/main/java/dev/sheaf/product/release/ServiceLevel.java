package dev.sheaf.product.release;

import dev.sheaf.contract.SlaProperty;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A promise of a contract about how old a release may be: its `slaProperties` named `freshness`,
/// `latency` or `frequency`.
///
/// @param property as written
/// @param agreed the value with its unit as written
/// @param ageMax how old the current release may be; empty when value or unit cannot be understood,
///   in which case it is neither kept nor broken
public record ServiceLevel(String property, String agreed, Optional<Duration> ageMax) {
    private static final List<String> ABOUT_AGE = List.of("freshness", "latency", "frequency");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Map<String, Duration> UNITS =
            Map.ofEntries(
                    Map.entry("s", Duration.ofSeconds(1)),
                    Map.entry("sec", Duration.ofSeconds(1)),
                    Map.entry("second", Duration.ofSeconds(1)),
                    Map.entry("m", Duration.ofMinutes(1)),
                    Map.entry("min", Duration.ofMinutes(1)),
                    Map.entry("minute", Duration.ofMinutes(1)),
                    Map.entry("h", Duration.ofHours(1)),
                    Map.entry("hr", Duration.ofHours(1)),
                    Map.entry("hour", Duration.ofHours(1)),
                    Map.entry("d", DAY),
                    Map.entry("day", DAY),
                    Map.entry("w", DAY.multipliedBy(7)),
                    Map.entry("week", DAY.multipliedBy(7)),
                    Map.entry("mo", DAY.multipliedBy(31)),
                    Map.entry("month", DAY.multipliedBy(31)),
                    Map.entry("y", DAY.multipliedBy(366)),
                    Map.entry("yr", DAY.multipliedBy(366)),
                    Map.entry("year", DAY.multipliedBy(366)));

    /// Those of a contract, in its order.
    static List<ServiceLevel> of(List<SlaProperty> properties) {
        return properties.stream()
                .filter(p -> ABOUT_AGE.contains(p.property().toLowerCase(Locale.ROOT)))
                .map(ServiceLevel::of)
                .toList();
    }

    private static ServiceLevel of(SlaProperty property) {
        String value = property.value().strip();
        Optional<Duration> ageMax =
                property.unit().isPresent() ? duration(value, property.unit().get()) : bare(value);
        return new ServiceLevel(
                property.property(), (value + " " + property.unit().orElse("")).strip(), ageMax);
    }

    /// `PT24H` or `24h`.
    private static Optional<Duration> bare(String value) {
        try {
            return Optional.of(Duration.parse(value));
        } catch (DateTimeParseException e) {
            int digits = 0;
            while (digits < value.length() && !Character.isLetter(value.charAt(digits))) {
                digits++;
            }
            return duration(value.substring(0, digits).strip(), value.substring(digits));
        }
    }

    private static Optional<Duration> duration(String number, String unit) {
        String name = unit.strip().toLowerCase(Locale.ROOT);
        Duration one = UNITS.get(name);
        if (one == null && name.endsWith("s")) {
            one = UNITS.get(name.substring(0, name.length() - 1));
        }
        if (one == null || !number.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        BigDecimal seconds = new BigDecimal(number).multiply(BigDecimal.valueOf(one.toSeconds()));
        return Optional.of(
                Duration.ofSeconds(seconds.setScale(0, RoundingMode.CEILING).longValueExact()));
    }

    /// Whether a release of that age breaks it.
    boolean isBrokenAt(Duration age) {
        return ageMax.map(max -> age.compareTo(max) > 0).orElse(false);
    }
}
