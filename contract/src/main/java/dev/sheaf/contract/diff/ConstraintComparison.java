package dev.sheaf.contract.diff;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.contract.diff.Change.Kind;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Compares what is demanded of single values: stricter is for producers, looser for consumers.
final class ConstraintComparison {
    private final Changes changes;
    private final String path;
    private final ColumnType type;

    ConstraintComparison(Changes changes, String path, ColumnType type) {
        this.changes = changes;
        this.path = path;
        this.type = type;
    }

    void run(ValueConstraints from, ValueConstraints to) {
        bound("minLength", text(from.minLength()), text(to.minLength()), true);
        bound("maxLength", text(from.maxLength()), text(to.maxLength()), false);
        bound("minItems", text(from.minItems()), text(to.minItems()), true);
        bound("maxItems", text(from.maxItems()), text(to.maxItems()), false);
        bound("minimum", from.minimum(), to.minimum(), true);
        bound("maximum", from.maximum(), to.maximum(), false);
        bound("exclusiveMinimum", from.exclusiveMinimum(), to.exclusiveMinimum(), true);
        bound("exclusiveMaximum", from.exclusiveMaximum(), to.exclusiveMaximum(), false);
        other("pattern", from.pattern(), to.pattern());
        other("multipleOf", from.multipleOf(), to.multipleOf());
        format(from.format(), to.format());
        uniqueItems(from.uniqueItems(), to.uniqueItems());
        values(from.allowedValues(), to.allowedValues());
    }

    private static Optional<String> text(OptionalInt number) {
        return number.isPresent()
                ? Optional.of(Integer.toString(number.getAsInt()))
                : Optional.empty();
    }

    private void bound(String name, Optional<String> from, Optional<String> to, boolean lower) {
        if (from.equals(to)) {
            return;
        }
        if (from.isEmpty() || to.isEmpty()) {
            report(name, from, to, to.isPresent());
            return;
        }
        int order = compare(to.get(), from.get());
        if (order != 0) {
            report(name, from, to, lower == order > 0);
        }
    }

    /// Numbers by value, dates and times by their text.
    private static int compare(String a, String b) {
        try {
            return new BigDecimal(a).compareTo(new BigDecimal(b));
        } catch (NumberFormatException notNumbers) {
            return a.compareTo(b);
        }
    }

    private void report(String name, Optional<String> from, Optional<String> to, boolean tighter) {
        changes.add(
                path,
                tighter ? Kind.CONSTRAINT_TIGHTENED : Kind.CONSTRAINT_RELAXED,
                tighter ? Impact.FORWARD : Impact.BACKWARD,
                named(name, from),
                named(name, to),
                tighter
                        ? "rows that were accepted may go to quarantine; producers check their data"
                        : "values appear that were not possible before; consumers who rely on the"
                                + " old bound look again");
    }

    private static Optional<String> named(String name, Optional<String> value) {
        return value.map(text -> name + " " + text);
    }

    private void other(String name, Optional<String> from, Optional<String> to) {
        if (from.equals(to)) {
            return;
        }
        if (from.isEmpty() || to.isEmpty()) {
            report(name, from, to, to.isPresent());
            return;
        }
        changes.add(
                path,
                Kind.CONSTRAINT_CHANGED,
                Impact.FORWARD,
                named(name, from),
                named(name, to),
                "rows that were accepted may go to quarantine, and other values appear; whether one"
                        + " allows all that the other does is not decided here");
    }

    /// Of dates and times the format says how the source writes them; of texts it is a constraint.
    private void format(Optional<String> from, Optional<String> to) {
        boolean temporal =
                type == Primitive.DATE
                        || type == Primitive.TIME
                        || type == Primitive.TIMESTAMP
                        || type == Primitive.TIMESTAMP_TZ;
        if (!temporal) {
            if (type == Primitive.STRING) {
                other("format", from, to);
            }
            return;
        }
        changes.text(
                path,
                Kind.CONSTRAINT_CHANGED,
                Impact.FORWARD,
                named("format", from),
                named("format", to),
                "producers must write it in the new format; published values stay the same");
    }

    private void uniqueItems(boolean from, boolean to) {
        if (from != to) {
            report(
                    "uniqueItems",
                    Optional.of(Boolean.toString(from)),
                    Optional.of(Boolean.toString(to)),
                    to);
        }
    }

    private void values(List<String> from, List<String> to) {
        Set<String> added = new LinkedHashSet<>(to);
        from.forEach(added::remove);
        Set<String> removed = new LinkedHashSet<>(from);
        to.forEach(removed::remove);
        if (from.isEmpty() && !to.isEmpty() || !from.isEmpty() && to.isEmpty()) {
            report("allowed values", list(from), list(to), from.isEmpty());
            return;
        }
        if (!added.isEmpty()) {
            changes.add(
                    path,
                    Kind.VALUES_ADDED,
                    Impact.BACKWARD,
                    Optional.empty(),
                    list(added),
                    "consumers meet values that they do not know; those who list cases add them");
        }
        if (!removed.isEmpty()) {
            changes.add(
                    path,
                    Kind.VALUES_REMOVED,
                    Impact.FORWARD,
                    list(removed),
                    Optional.empty(),
                    "rows with these values go to quarantine from now on");
        }
    }

    private static Optional<String> list(java.util.Collection<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }
}
