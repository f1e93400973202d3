package dev.sheaf.contract.diff;

import dev.sheaf.contract.QualityRule;
import dev.sheaf.contract.QualityRule.Check;
import dev.sheaf.contract.QualityRule.Threshold;
import dev.sheaf.contract.diff.Change.Kind;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares quality rules, matched by name.
final class QualityComparison {
    private final Changes changes;
    private final String table;

    QualityComparison(Changes changes, String table) {
        this.changes = changes;
        this.table = table;
    }

    void run(List<QualityRule> from, List<QualityRule> to) {
        Map<String, QualityRule> old = new LinkedHashMap<>();
        from.forEach(rule -> old.put(rule.name(), rule));
        for (QualityRule rule : to) {
            QualityRule before = old.remove(rule.name());
            if (before == null) {
                changes.add(
                        path(rule),
                        Kind.QUALITY_ADDED,
                        enforced(rule) ? Impact.FORWARD : Impact.COSMETIC,
                        Optional.empty(),
                        Optional.of(shown(rule)),
                        "releases must keep to one more rule; producers check their data");
            } else {
                compare(before, rule);
            }
        }
        for (QualityRule gone : old.values()) {
            changes.add(
                    path(gone),
                    Kind.QUALITY_REMOVED,
                    enforced(gone) ? Impact.BACKWARD : Impact.COSMETIC,
                    Optional.of(shown(gone)),
                    Optional.empty(),
                    "a promise is gone; consumers who rely on it look again");
        }
    }

    private void compare(QualityRule from, QualityRule to) {
        boolean sameCheck = from.check().equals(to.check()) && from.column().equals(to.column());
        if (sameCheck
                && from.threshold().equals(to.threshold())
                && from.severity().equals(to.severity())) {
            changes.text(
                    path(to),
                    Kind.TEXT_CHANGED,
                    Impact.COSMETIC,
                    from.description(),
                    to.description(),
                    "the description of rule '" + to.name() + "' changed");
            return;
        }
        int direction = sameCheck ? direction(from, to) : 0;
        Kind kind =
                direction > 0
                        ? Kind.QUALITY_TIGHTENED
                        : direction < 0 ? Kind.QUALITY_RELAXED : Kind.QUALITY_CHANGED;
        changes.add(
                path(to),
                kind,
                !enforced(from) && !enforced(to)
                        ? Impact.COSMETIC
                        : direction < 0 ? Impact.BACKWARD : Impact.FORWARD,
                Optional.of(shown(from)),
                Optional.of(shown(to)),
                direction < 0
                        ? "releases of lower quality pass; consumers who rely on the rule look"
                                + " again"
                        : "releases that passed may be refused; producers check their data");
    }

    /// Positive when stricter, negative when looser, 0 when neither can be said.
    private static int direction(QualityRule from, QualityRule to) {
        int severity = Integer.compare(weight(to.severity()), weight(from.severity()));
        int threshold = threshold(from.threshold(), to.threshold());
        if (from.threshold().equals(to.threshold())) {
            return severity;
        }
        return severity == 0 || severity == threshold ? threshold : 0;
    }

    private static int weight(String severity) {
        return switch (severity) {
            case "info", "low", "none" -> 0;
            case "warning", "warn", "medium" -> 1;
            default -> 2;
        };
    }

    private static int threshold(Optional<Threshold> from, Optional<Threshold> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return 0;
        }
        Threshold old = from.get();
        Threshold now = to.get();
        if (old.unit() != now.unit() || old.operator() != now.operator()) {
            return 0;
        }
        BigDecimal before = old.values().getFirst();
        BigDecimal after = now.values().getFirst();
        return switch (now.operator()) {
            case MUST_BE_GREATER_THAN, MUST_BE_GREATER_OR_EQUAL_TO -> after.compareTo(before);
            case MUST_BE_LESS_THAN, MUST_BE_LESS_OR_EQUAL_TO -> before.compareTo(after);
            case MUST_BE_BETWEEN -> between(old, now);
            case MUST_NOT_BE_BETWEEN -> -between(old, now);
            case MUST_BE, MUST_NOT_BE -> 0;
        };
    }

    private static int between(Threshold from, Threshold to) {
        int low = to.values().getFirst().compareTo(from.values().getFirst());
        int high = from.values().getLast().compareTo(to.values().getLast());
        return low >= 0 && high >= 0 ? 1 : low <= 0 && high <= 0 ? -1 : 0;
    }

    private static boolean enforced(QualityRule rule) {
        return !(rule.check() instanceof Check.Text);
    }

    private String path(QualityRule rule) {
        return rule.column().map(column -> table + "." + column).orElse(table);
    }

    private static String shown(QualityRule rule) {
        String what =
                switch (rule.check()) {
                    case Check.Library library ->
                            library.metric()
                                    + (library.arguments().isEmpty()
                                            ? ""
                                            : " " + library.arguments());
                    case Check.Sql sql -> "sql: " + sql.query();
                    case Check.Text ignored -> "text";
                    case Check.Custom custom -> "custom " + custom.engine();
                };
        return "'"
                + rule.name()
                + "' "
                + what
                + rule.threshold().map(QualityComparison::shown).orElse("")
                + " ("
                + rule.severity()
                + ")";
    }

    private static String shown(Threshold threshold) {
        String operator =
                switch (threshold.operator()) {
                    case MUST_BE -> "=";
                    case MUST_NOT_BE -> "<>";
                    case MUST_BE_GREATER_THAN -> ">";
                    case MUST_BE_GREATER_OR_EQUAL_TO -> ">=";
                    case MUST_BE_LESS_THAN -> "<";
                    case MUST_BE_LESS_OR_EQUAL_TO -> "<=";
                    case MUST_BE_BETWEEN -> "between";
                    case MUST_NOT_BE_BETWEEN -> "not between";
                };
        List<String> values = threshold.values().stream().map(BigDecimal::toPlainString).toList();
        return " "
                + operator
                + " "
                + String.join(" and ", values)
                + (threshold.unit() == QualityRule.Unit.PERCENT ? " %" : "");
    }
}
