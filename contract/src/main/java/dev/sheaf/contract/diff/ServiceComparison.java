package dev.sheaf.contract.diff;

import dev.sheaf.contract.SlaProperty;
import dev.sheaf.contract.diff.Change.Kind;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares service levels, matched by property and element.
final class ServiceComparison {
    private static final Set<String> LESS_IS_BETTER =
            Set.of(
                    "latency",
                    "ly",
                    "freshness",
                    "frequency",
                    "fy",
                    "timetodetect",
                    "td",
                    "timetonotify",
                    "tn",
                    "timetorepair",
                    "tr",
                    "errorrate",
                    "er",
                    "responsetime");
    private static final Set<String> MORE_IS_BETTER =
            Set.of(
                    "availability",
                    "av",
                    "throughput",
                    "th",
                    "retention",
                    "re",
                    "endofsupport",
                    "es",
                    "endoflife",
                    "el");
    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);
    private static final BigDecimal HOURS_OF_DAY = BigDecimal.valueOf(24);

    private final Changes changes;

    ServiceComparison(Changes changes) {
        this.changes = changes;
    }

    void run(List<SlaProperty> from, List<SlaProperty> to) {
        Map<String, SlaProperty> old = new LinkedHashMap<>();
        from.forEach(property -> old.put(key(property), property));
        for (SlaProperty property : to) {
            SlaProperty before = old.remove(key(property));
            if (before == null) {
                changes.add(
                        property.element().orElse(""),
                        Kind.SLA_ADDED,
                        Impact.FORWARD,
                        Optional.empty(),
                        Optional.of(shown(property)),
                        "producers promise more");
            } else if (!shown(before).equals(shown(property))) {
                changed(before, property);
            }
        }
        for (SlaProperty gone : old.values()) {
            changes.add(
                    gone.element().orElse(""),
                    Kind.SLA_REMOVED,
                    Impact.BACKWARD,
                    Optional.of(shown(gone)),
                    Optional.empty(),
                    "a promise is gone; consumers who rely on it look again");
        }
    }

    private void changed(SlaProperty from, SlaProperty to) {
        int direction = direction(from, to);
        changes.add(
                to.element().orElse(""),
                direction > 0
                        ? Kind.SLA_TIGHTENED
                        : direction < 0 ? Kind.SLA_RELAXED : Kind.SLA_CHANGED,
                direction > 0 ? Impact.FORWARD : Impact.BACKWARD,
                Optional.of(shown(from)),
                Optional.of(shown(to)),
                direction > 0
                        ? "producers must keep to more than before"
                        : "less, or something else, is promised; consumers who rely on it look"
                                + " again");
    }

    private static String key(SlaProperty property) {
        return property.property() + " " + property.element().orElse("");
    }

    private static String shown(SlaProperty property) {
        return property.property()
                + " "
                + property.value()
                + property.unit().map(unit -> " " + unit).orElse("");
    }

    private static int direction(SlaProperty from, SlaProperty to) {
        String name = to.property().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        int order = compare(from, to);
        return LESS_IS_BETTER.contains(name) ? -order : MORE_IS_BETTER.contains(name) ? order : 0;
    }

    private static int compare(SlaProperty from, SlaProperty to) {
        Optional<BigDecimal> old = amount(from);
        Optional<BigDecimal> now = amount(to);
        if (old.isPresent() && now.isPresent()) {
            return now.get().compareTo(old.get());
        }
        return from.unit().equals(to.unit()) ? to.value().compareTo(from.value()) : 0;
    }

    /// In seconds where the unit is one of time; else the number itself, if both have one unit.
    private static Optional<BigDecimal> amount(SlaProperty property) {
        String number = property.value().replace("%", "").strip();
        if (!number.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(number).multiply(seconds(property.unit().orElse(""))));
    }

    private static BigDecimal seconds(String unit) {
        BigDecimal hour = SIXTY.multiply(SIXTY);
        BigDecimal day = hour.multiply(HOURS_OF_DAY);
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "min", "minute", "minutes" -> SIXTY;
            case "h", "hour", "hours" -> hour;
            case "d", "day", "days" -> day;
            case "w", "week", "weeks" -> day.multiply(BigDecimal.valueOf(7));
            case "m", "month", "months" -> day.multiply(BigDecimal.valueOf(30));
            case "y", "year", "years" -> day.multiply(BigDecimal.valueOf(365));
            default -> BigDecimal.ONE;
        };
    }
}
